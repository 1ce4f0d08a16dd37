"""The commands that say and decide which build is served."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home

if TYPE_CHECKING:
    from indexer.builds import Build
    from indexer.status import BuildStatus

MEGA = 1_000_000

app = typer.Typer()

BuildName = Annotated[str | None, typer.Argument(help="A build by name [default: the newest finished one].")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show all builds, which is served, and who has one open."""
    from indexer.status import index_status

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
    as_json: AsJson = False,
) -> None:
    """Check a build: counts, ids, vectors against model and files, and searches against exact ones.

    Exit code 1 tells that it is not as it should be.
    """
    from indexer.builds import find_build
    from indexer.kept_models import load_kept_model
    from indexer.verify import verify

    home: Home = context.obj
    chosen = find_build(home, build)
    found = verify(chosen, load_kept_model(home, chosen), sample)
    if as_json:
        checks = [asdict(check) for check in found.checks]
        typer.echo(json.dumps({"build": chosen.name, "passed": found.passed, "checks": checks}, indent=2))
    else:
        typer.echo(f"build      {chosen.name} with model {chosen.manifest.model}")
        for check in found.checks:
            typer.echo(f"{check.name:10} {'passed' if check.passed else 'FAILED'}  {check.found}")
    found.require()


@app.command()
def promote(
    context: typer.Context,
    build: BuildName = None,
    force: Annotated[bool, typer.Option("--force", help="Serve it without verifying it.")] = False,
) -> None:
    """Serve a build and its model from now on, if the build is verified; servers take both up at once."""
    from indexer import releases
    from indexer.builds import find_build
    from indexer.kept_models import load_kept_model
    from indexer.verify import promote_verified

    home: Home = context.obj
    chosen = find_build(home, build)
    if force:
        releases.promote(home, chosen)
    else:
        promote_verified(home, chosen, load_kept_model(home, chosen))
    _say_served(chosen)


@app.command()
def rollback(context: typer.Context) -> None:
    """Serve the build that was served before; again, and the present one comes back."""
    from indexer.releases import roll_back

    _say_served(roll_back(context.obj).build)


@app.command()
def prune(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would be removed.")] = False,
) -> None:
    """Remove all builds but the served one, the one before it, and those that a process has open."""
    from indexer.prune import prune, superfluous

    home: Home = context.obj
    builds = superfluous(home) if dry_run else prune(home)
    for build in builds:
        typer.echo(
            f"{'would go' if dry_run else 'removed':10} {build.name} with model {build.manifest.model}"
        )
    if not builds:
        typer.echo("nothing    only what is served, was served before, or is open")


def _say_served(build: "Build") -> None:
    typer.echo(f"served     {build.name} with model {build.manifest.model}")


def _line(build: "BuildStatus") -> str:
    parts = [f"model {build.model}", f"{build.paintings:,} paintings", f"{build.size / MEGA:.1f} MB"]
    if build.skipped:
        parts.append(f"{build.skipped:,} skipped")
    parts += [f"from {build.source}", *([f"open in {build.holder}"] if build.holder else [])]
    return f"{build.state:10} {build.name} ({', '.join(parts)})"
