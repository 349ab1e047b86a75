"""Fetching a member's file: from Slack only, with the token only, 10 MB at most, never a login page."""

from __future__ import annotations

import pytest

from cluster.errors import ClusterError
from tests.bot.scene import Scene


async def sent(scene: Scene, data: bytes = b"a;b\n1;2\n") -> str:
    """A file in the coordinator's conversation, as far as the inbox keeps it."""
    uploaded = await scene.desk.upload(scene.coordinator, scene.world.bot_user_id, "tal.csv", data)
    return str(uploaded["files"][0])


async def refused(scene: Scene, file: str) -> str:
    with pytest.raises(ClusterError) as caught:
        await scene.bot.tools.download(file)
    return caught.value.code


async def test_file_is_fetched_by_its_id(scene: Scene) -> None:
    fetched = await scene.bot.tools.download(await sent(scene))
    assert (fetched.data, fetched.name) == (b"a;b\n1;2\n", "tal.csv")


async def test_ten_megabytes_are_taken_and_one_byte_more_is_not(scene: Scene) -> None:
    most = 10 * 1024 * 1024
    assert len((await scene.bot.tools.download(await sent(scene, b"x" * most))).data) == most
    assert await refused(scene, await sent(scene, b"x" * (most + 1))) == "file.too_large"


async def test_login_page_is_not_taken_for_a_file(scene: Scene) -> None:
    file = await sent(scene)
    await scene.desk.fail("download", login=True)
    assert await refused(scene, file) == "file.unavailable"


async def test_redirect_within_slack_is_followed(scene: Scene) -> None:
    file = await sent(scene)
    await scene.desk.fail("download", redirect="slack")
    assert (await scene.bot.tools.download(file)).data == b"a;b\n1;2\n"


async def test_redirect_elsewhere_is_not_followed(scene: Scene) -> None:
    file = await sent(scene)
    await scene.desk.fail("download", redirect="foreign")
    assert await refused(scene, file) == "file.unavailable"


async def test_file_that_is_gone_is_said_to_be(scene: Scene) -> None:
    file = await sent(scene)
    await scene.desk.delete_file(scene.coordinator, file)
    assert await refused(scene, file) == "file.unavailable"
