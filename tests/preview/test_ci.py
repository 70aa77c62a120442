"""What CI runs: linted, and its steps run here, in a repository with real commits."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.preview.workflow_steps import Runner, gitlab_step, steps
from tests.samples import ROOT
from tests.tone_show import SCRIPT

ACTION = steps(ROOT / "action.yml")
RELEASE = steps(ROOT / ".github" / "workflows" / "release.yml")
SHOW_S = ROOT / "docs" / "github-workflow.yml"
"""What `paperledge init` writes into a show."""
OF_A_SHOW = steps(SHOW_S)
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), SHOW_S]
Git = Callable[..., str]
PAGE = "https://github.example/paperledge/show/actions/runs/11/artifacts/1"


GITLAB = gitlab_step(ROOT / "docs" / "gitlab-ci.yml")
GITLAB_FACTS = {
    "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main",
    "CI_MERGE_REQUEST_PROJECT_ID": "5",
    "CI_MERGE_REQUEST_IID": "7",
    "CI_JOB_URL": "https://gitlab.example/jobs/3",
    "CI_API_V4_URL": "https://gitlab.example/api/v4",
    "PREVIEW_TOKEN": "a token",
}
CALLS = ["page=1", "page=2", "notes", "page=1", "42"]
"""First there is no note of ours on any page; then there is one, which is replaced."""


def tool(module: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / module, *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_the_shape_that_github_wants(workflow: Path) -> None:
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", workflow)


def test_the_action_and_the_gitlab_example_have_their_shapes() -> None:
    tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    example = ROOT / "docs" / "gitlab-ci.yml"
    tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", example)


def test_nothing_in_them_is_unsafe() -> None:
    tool(
        "zizmor", "--offline", "--min-severity", "medium", "action.yml", ".github/workflows", SHOW_S
    )


@pytest.mark.parametrize(
    "step",
    [*ACTION.values(), *RELEASE.values(), *OF_A_SHOW.values()],
    ids=lambda step: step["id"],
)
def test_scripts_are_sound_bash_and_take_values_from_their_environment_only(
    step: dict[str, Any],
) -> None:
    assert "${{" not in step["run"]
    subprocess.run(["bash", "-n", "-c", step["run"]], check=True)


@pytest.fixture
def runner(repository: Git, show_folder: Path, tmp_path: Path) -> Runner:
    """A pull request that edits one sentence of the show's script."""
    repository("checkout", "-qb", "edit")
    script = show_folder / "scripts" / "one-hand.md"
    script.write_text(SCRIPT.replace("The tone is the message.", "The tone is all the message."))
    repository("commit", "-qam", "Say it better")
    return Runner(
        show_folder,
        tmp_path / "ci",
        {
            "inputs.scripts": "scripts",
            "inputs.since": f"{repository('rev-parse', 'main')}...",
            "inputs.token": "a token",
            "github.repository": "paperledge/show",
            "github.event.pull_request.number": "7",
            "github.server_url": "https://github.example",
            "github.run_id": "11",
            "steps.upload.outputs.artifact-url": PAGE,
        },
    )


def test_a_pull_request_gets_a_page_a_summary_and_one_comment(runner: Runner) -> None:
    comments = runner.temp / "comments"
    for _ in range(2):  # it is pushed to again
        for name in ("check", "preview", "summary", "comment"):
            assert runner.run(ACTION[name]) == 0, runner.output
    page = (runner.temp / "runner" / "preview.html").read_text("utf-8")
    row = "| The Sound of One Hand | 1 changed | 1.8 |"  # 28 characters of 1/16 s
    summary = (runner.temp / "summary.md").read_text("utf-8")
    assert row in summary
    assert f"[Listen to everything on its page]({PAGE})" in summary
    clips = re.findall(rf"\[(before|after)\]\({re.escape(PAGE)}#([0-9a-f]+\.mp3)\)", summary)
    assert [side for side, _ in clips] == ["before", "after"] * 2  # two runs
    assert all(f'"{clip}":"' in page for _, clip in clips)  # the page holds each clip's sound
    assert "page.invalid" not in summary
    (comment,) = comments.glob("[0-9]*")
    told = comment.read_text("utf-8")
    assert told.startswith("<!-- paperledge preview -->\n")
    assert "<ins>all</ins> the" in told
    assert row in told
    calls = (comments / "calls").read_text().splitlines()
    assert [call.split()[1:4] for call in calls if "--method" in call] == [
        ["--silent", "--method", "POST"],
        ["--silent", "--method", "PATCH"],
    ]


def test_a_show_s_own_workflow_gets_a_page_and_a_summary(runner: Runner) -> None:
    runner.facts["github.event.pull_request.base.sha"] = "main"
    for name in ("check", "preview", "summary"):
        assert runner.run(OF_A_SHOW[name]) == 0, runner.output
    assert runner.facts["steps.preview.outputs.made"] == "true"
    summary = (runner.temp / "summary.md").read_text("utf-8")
    assert "| The Sound of One Hand | 1 changed | 1.8 |" in summary
    assert f"[Listen to everything on its page]({PAGE})" in summary
    assert "page.invalid" not in summary


def test_a_broken_script_fails_at_its_line_and_is_still_reported(
    runner: Runner, show_folder: Path
) -> None:
    script = show_folder / "scripts" / "one-hand.md"
    script.write_text(SCRIPT.replace("> The tone is the message.", "![A tone](tone.png)"))
    assert runner.run(ACTION["check"]) == 1
    assert runner.run(ACTION["preview"]) == 1
    assert "::error file=scripts/one-hand.md,line=16::" in runner.output
    assert runner.facts["steps.preview.outputs.made"] == "true"
    assert runner.run(ACTION["summary"]) == 0
    summary = (runner.temp / "summary.md").read_text("utf-8")
    assert "can't be previewed" in summary
    assert "- **error**, line 16: " in summary


def test_without_an_upload_the_links_lead_to_the_run(runner: Runner) -> None:
    runner.facts["steps.upload.outputs.artifact-url"] = ""
    for name in ("preview", "summary"):
        assert runner.run(ACTION[name]) == 0, runner.output
    summary = (runner.temp / "summary.md").read_text("utf-8")
    assert "](https://github.example/paperledge/show/actions/runs/11)" in summary


@pytest.mark.parametrize("broken", [False, True])
def test_gitlab_s_job_does_the_same_and_its_exit_code_tells_of_faults(
    runner: Runner, show_folder: Path, *, broken: bool
) -> None:
    if broken:
        (show_folder / "scripts" / "other.md").write_text(
            SCRIPT.replace("> The tone is the message.", "![A tone](tone.png)")
        )
    for again in (False, True):
        assert runner.run(GITLAB, **GITLAB_FACTS, AGAIN="yes" * again) == broken, runner.output
    assert "<ins>all</ins> the" in runner.output
    job = "https://gitlab.example/jobs/3/artifacts/file/preview"
    assert f"[Listen to everything on its page]({job}/index.html)" in runner.output
    (clip,) = re.findall(rf"\[after\]\({job}/([0-9a-f]+\.mp3)\)", runner.output)
    assert (show_folder / "preview" / clip).is_file()
    calls = (runner.temp / "comments" / "calls").read_text().splitlines()
    assert [re.split("[/&]", call)[-1] for call in calls] == CALLS
    told = (runner.temp / "comments" / "body").read_text("utf-8")
    assert told == (show_folder / "preview.md").read_text("utf-8")


def test_gitlab_s_job_writes_no_note_without_a_token(runner: Runner) -> None:
    assert runner.run(GITLAB, **{**GITLAB_FACTS, "PREVIEW_TOKEN": ""}) == 0, runner.output
    assert not (runner.temp / "comments" / "calls").exists()


def test_it_installs_from_the_action_s_own_folder(runner: Runner, tmp_path: Path) -> None:
    runner.facts["github.action_path"] = str(ROOT)
    target = tmp_path / "target"
    settings = {"PIP_TARGET": str(target), "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    assert runner.run(ACTION["install"], **settings) == 0, runner.output
    assert (target / "paperledge_audio" / "preview" / "page" / "assets" / "preview.js").is_file()


def test_on_main_what_changed_is_rendered_in_studio_quality(
    runner: Runner, repository: Git, show_folder: Path
) -> None:
    episodes = runner.temp / "runner" / "episodes"
    (show_folder / "scripts" / "other.md").write_text(SCRIPT.replace("One", "Other"))
    repository("add", "-A")
    repository("commit", "-qm", "Another episode")
    runner.facts["github.event.before"] = repository("rev-parse", "HEAD~1")
    assert runner.run(RELEASE["changed"]) == 0, runner.output
    assert runner.facts["steps.changed.outputs.count"] == "1"
    assert runner.run(RELEASE["render"]) == 0, runner.output
    assert [path.name for path in episodes.iterdir()] == ["other"]
    assert (episodes / "other" / "other.mp3").is_file()


@pytest.mark.parametrize("before", ["0" * 40, "show"])
def test_all_are_rendered_where_the_show_changed_or_nothing_came_before(
    runner: Runner, repository: Git, show_folder: Path, before: str
) -> None:
    if before == "show":
        before = repository("rev-parse", "HEAD")
        toml = show_folder / "scripts" / "show.toml"
        toml.write_text(toml.read_text().replace("Ernis", "Erna"))
        repository("commit", "-qam", "Another host")
    runner.facts["github.event.before"] = before
    assert runner.run(RELEASE["changed"]) == 0, runner.output
    changed = (runner.temp / "runner" / "changed").read_text()
    assert changed == "scripts/one-hand.md\0"


def test_a_change_elsewhere_renders_nothing(runner: Runner, repository: Git) -> None:
    runner.facts["github.event.before"] = repository("rev-parse", "HEAD")
    repository("commit", "-q", "--allow-empty", "-m", "Nothing")
    assert runner.run(RELEASE["changed"]) == 0, runner.output
    assert runner.facts["steps.changed.outputs.count"] == "0"
