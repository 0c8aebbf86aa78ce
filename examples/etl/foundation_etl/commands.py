"""The command: a CSV file that lies on the host becomes a source with its rows."""

import asyncio
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from foundation.sdk import Command, Context, Name
from foundation_etl.schemas import NewSource
from foundation_etl.service import sources
from foundation_etl.service.load import load
from foundation_etl.service.read import CannotRead


class ImportParams(BaseModel):
    """Which file, and what its source is called."""

    file: Annotated[Path, Field(description="A CSV file whose first line names the fields")]
    name: Annotated[Name, Field(description="What the source is called")]


async def import_csv(ctx: Context, params: ImportParams) -> str:
    """Add a source of the file and load it; raises `CannotRead`, and then neither is kept."""
    try:
        content = await asyncio.to_thread(params.file.read_text, "utf-8")
        wanted = NewSource(name=params.name, content=content)
    except OSError as fault:
        raise CannotRead(f"{params.file}: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise CannotRead(f"{params.file} is not UTF-8 text") from None
    except ValidationError:
        raise CannotRead(f"{params.file} is empty or too long for a source") from None
    source = await sources.add(ctx, wanted)
    loaded = await load(ctx, source.id)
    return f"{loaded.name}: {loaded.row_count} rows"


IMPORT_CSV = Command(
    "import-csv",
    help="Make a source of a CSV file on this host, and load its rows.",
    run=import_csv,
    params=ImportParams,
)
