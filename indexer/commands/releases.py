"""The commands that say and decide which build is served."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.commands.place import Store, the_shelf
from indexer.commands.wording import paintings

if TYPE_CHECKING:
    from indexer.shelves.manifest import Manifest
    from indexer.shelves.status import BuildStatus

MEGA = 1_000_000

app = typer.Typer()

BuildName = Annotated[str | None, typer.Argument(help="A build by name [default: the newest finished one].")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.command()
def status(context: typer.Context, store: Store = None, as_json: AsJson = False) -> None:
    """Show all builds, which is served, and who has one open."""
    from indexer.shelves.status import index_status

    with the_shelf(context.obj, store) as shelf:
        found = index_status(shelf)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2))
        return
    for build in found.builds:
        typer.echo(_line(build))
    for ruin in found.damaged:
        served = ", which is served" if ruin.build == found.served else ""
        typer.echo(f"damaged    {ruin.build}{served}: {ruin.error}")
    if found.lacks_served:
        typer.echo(f"missing    {found.served}, which was served; `moodseum index promote` serves another")
    elif not found.builds and not found.damaged:
        typer.echo("none       `moodseum index build --paintings DIR` makes one")
    elif found.served is None:
        typer.echo("served     none; `moodseum index promote` serves the newest finished one")


@app.command()
def verify(
    context: typer.Context,
    build: BuildName = None,
    sample: Annotated[int, typer.Option(min=0, help="How many paintings to embed anew from files.")] = 32,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Check a build: counts, ids, vectors against model and files, and searches against exact ones.

    Exit code 1 tells that it is not as it should be.
    """
    from indexer.checking.verify import verify
    from indexer.shelves.kept_models import load_kept_model
    from indexer.shelves.releases import find

    with the_shelf(context.obj, store) as shelf:
        made = find(shelf, build)
        found = verify(shelf, made, load_kept_model(shelf, made), sample)
    if as_json:
        checks = [asdict(check) for check in found.checks]
        typer.echo(json.dumps({"build": made.build, "passed": found.passed, "checks": checks}, indent=2))
    else:
        typer.echo(f"build      {made.build} with model {made.model}")
        for check in found.checks:
            typer.echo(f"{check.name:10} {'passed' if check.passed else 'FAILED'}  {check.found}")
    found.require()


@app.command()
def promote(
    context: typer.Context,
    build: BuildName = None,
    force: Annotated[bool, typer.Option("--force", help="Serve it without verifying it.")] = False,
    store: Store = None,
) -> None:
    """Serve a build and its model from now on, if the build is verified; servers take both up at once."""
    from indexer.checking.verify import promote_verified
    from indexer.shelves import releases
    from indexer.shelves.kept_models import load_kept_model

    with the_shelf(context.obj, store) as shelf:
        made = releases.find(shelf, build)
        if force:
            releases.promote(shelf, made)
        else:
            promote_verified(shelf, made, load_kept_model(shelf, made))
    _say_served(made)


@app.command()
def rollback(context: typer.Context, store: Store = None) -> None:
    """Serve the build that was served before; again, and the present one comes back."""
    from indexer.shelves.releases import roll_back

    with the_shelf(context.obj, store) as shelf:
        _say_served(roll_back(shelf))


@app.command()
def prune(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would be removed.")] = False,
    damaged: Annotated[
        bool, typer.Option("--damaged", help="Also remove builds whose record cannot be read.")
    ] = False,
    store: Store = None,
) -> None:
    """Remove all builds but the served one, the one before it, and those that a process has open.

    A server cannot tell what is open: an unfinished build stays there for a day.
    """
    from indexer.shelves.prune import prune, superfluous

    with the_shelf(context.obj, store) as shelf:
        found = (superfluous if dry_run else prune)(shelf, damaged=damaged)
    for build in found.builds:
        typer.echo(f"{'would go' if dry_run else 'removed':10} {build}")
    if not found.builds:
        typer.echo("nothing    only what is served, was served before, or is open")
    for ruin in found.spared:
        typer.echo(f"damaged    {ruin.build} stays; --damaged removes it unless it is served or open")


def _say_served(made: "Manifest") -> None:
    typer.echo(f"served     {made.build} with model {made.model}")


def _line(build: "BuildStatus") -> str:
    parts = [f"model {build.model}", paintings(build.paintings)]
    if build.size is not None:
        parts.append(f"{build.size / MEGA:.1f} MB")
    if build.skipped:
        parts.append(f"{build.skipped:,} skipped")
    parts += [f"from {build.source}", *([f"open in {build.holder}"] if build.holder else [])]
    return f"{build.state:10} {build.name} ({', '.join(parts)})"
