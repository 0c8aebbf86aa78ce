"""The tables of etl, as the code and as the revision have them."""

from foundation.db.rehearse import compare_models


async def test_the_revision_makes_exactly_these_tables(postgres, owner):
    url = await postgres.create([owner])
    await compare_models(url, owner)
    await postgres.drop(url)
