from .person import Person
def test_summary(foundation, browser):
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        for path in ("/settings/plugins", "/s/credentials/new/basic", "/dev/kit", "/s/users/new", "/s/runs/start"):
            ada.go(path)
            print(path, ada.page.evaluate("() => [...document.querySelectorAll('summary')].slice(0,4).map(s => [getComputedStyle(s).display, s.getBoundingClientRect().height, s.getBoundingClientRect().width])"))
