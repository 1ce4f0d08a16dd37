"""The commands that say and decide which build is served."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home

if TYPE_CHECKING:
    from indexer.checking.verify import Verification
    from indexer.shelves.manifest import Manifest
    from indexer.shelves.status import BuildStatus

MEGA = 1_000_000

app = typer.Typer()

BuildName = Annotated[str | None, typer.Argument(help="A build by name [default: the newest finished one].")]
Place = Annotated[
    str | None,
    typer.Option("--store", help="A Qdrant server, such as http://host:6333 [default: this home]."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.command()
def status(context: typer.Context, store: Place = None, as_json: AsJson = False) -> None:
    """Show all builds, which is served, and who has one open."""
    from indexer.shelves.places import open_server
    from indexer.shelves.status import index_status, shelf_status

    if store is not None:
        with open_server(store) as shelf:
            found = shelf_status(shelf)
    else:
        found = index_status(context.obj)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2))
        return
    for build in found.builds:
        typer.echo(_line(build))
    if not found.builds:
        typer.echo("none       `moodseum index build --paintings DIR` makes one")
    elif found.served is None:
        typer.echo("served     none; `moodseum index promote` serves the newest finished one")
    if found.served and found.served not in {build.name for build in found.builds}:
        typer.echo(f"missing    {found.served}, which was served; `moodseum index promote` serves another")


@app.command()
def verify(
    context: typer.Context,
    build: BuildName = None,
    sample: Annotated[int, typer.Option(min=0, help="How many paintings to embed anew from files.")] = 32,
    store: Place = None,
    as_json: AsJson = False,
) -> None:
    """Check a build: counts, ids, vectors against model and files, and searches against exact ones.

    Exit code 1 tells that it is not as it should be.
    """
    found, made = _verified(context.obj, build, sample, store)
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
    store: Place = None,
) -> None:
    """Serve a build and its model from now on, if the build is verified; servers take both up at once."""
    from indexer.checking.verify import promote_verified
    from indexer.shelves import releases
    from indexer.shelves.builds import find_build
    from indexer.shelves.kept_models import load_kept_model

    home: Home = context.obj
    if store is not None:
        _say_served(_promote_at(store, home, build, force))
        return
    chosen = find_build(home, build)
    if force:
        releases.promote(home, chosen)
    else:
        promote_verified(home, chosen, load_kept_model(home, chosen))
    _say_served(chosen.manifest)


@app.command()
def rollback(context: typer.Context, store: Place = None) -> None:
    """Serve the build that was served before; again, and the present one comes back."""
    from indexer.shelves import releases, shelf
    from indexer.shelves.places import open_server

    if store is not None:
        with open_server(store) as there:
            _say_served(shelf.roll_back(there))
    else:
        _say_served(releases.roll_back(context.obj).build.manifest)


@app.command()
def prune(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would be removed.")] = False,
) -> None:
    """Remove all builds but the served one, the one before it, and those that a process has open."""
    from indexer.shelves.prune import prune, superfluous

    home: Home = context.obj
    builds = superfluous(home) if dry_run else prune(home)
    for build in builds:
        typer.echo(
            f"{'would go' if dry_run else 'removed':10} {build.name} with model {build.manifest.model}"
        )
    if not builds:
        typer.echo("nothing    only what is served, was served before, or is open")


def _verified(
    home: Home, build: str | None, sample: int, store: str | None
) -> tuple["Verification", "Manifest"]:
    from indexer.checking.verify import verify, verify_at
    from indexer.shelves.builds import find_build
    from indexer.shelves.kept_models import load_kept_model, load_model_of
    from indexer.shelves.places import open_server
    from indexer.shelves.shelf import choose

    if store is not None:
        with open_server(store) as shelf:
            made = choose(shelf, build)
            return verify_at(shelf, made, load_model_of(home, made), sample), made
    chosen = find_build(home, build)
    return verify(chosen, load_kept_model(home, chosen), sample), chosen.manifest


def _promote_at(store: str, home: Home, build: str | None, force: bool) -> "Manifest":
    from indexer.checking.verify import verify_at
    from indexer.shelves.kept_models import load_model_of
    from indexer.shelves.places import open_server
    from indexer.shelves.releases import Pointer
    from indexer.shelves.shelf import choose

    with open_server(store) as shelf:
        made = choose(shelf, build)
        if not force:
            verify_at(shelf, made, load_model_of(home, made)).require()
        shelf.point(Pointer.to(made.build, shelf.pointer()))
        return made


def _say_served(made: "Manifest") -> None:
    typer.echo(f"served     {made.build} with model {made.model}")


def _line(build: "BuildStatus") -> str:
    parts = [f"model {build.model}", f"{build.paintings:,} paintings"]
    if build.size is not None:
        parts.append(f"{build.size / MEGA:.1f} MB")
    if build.skipped:
        parts.append(f"{build.skipped:,} skipped")
    parts += [f"from {build.source}", *([f"open in {build.holder}"] if build.holder else [])]
    return f"{build.state:10} {build.name} ({', '.join(parts)})"
