"""What a source gives: messages in their order, with the place they reach."""

from foundation.live.said import News, Said


def test_news_say_where_to_go_on_and_whether_more_is_there():
    news = News((Said("log", {"n": 1}, "1.1"), Said("run", {})), "1.1")

    assert [said.place for said in news.said] == ["1.1", None]
    assert not news.more
