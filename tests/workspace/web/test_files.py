"""Files: both ways in, who may see them, downloads that are not what they seem, deleting."""

from __future__ import annotations

import io
import json
from typing import Any

import aiohttp
import pytest
from PIL import Image
from slack_sdk.errors import SlackApiError

from tests.workspace.kit import Heard, Place, Running
from workspace import DeskError


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("P", (4, 4)).save(made, "PNG")
    return made.getvalue()


PNG = picture()


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def private_upload(place: Place, data: bytes = PNG, name: str = "graf.png") -> str:
    """A file of the bot's that is in no conversation."""
    sent = await place.client.files_upload_v2(filename=name, content=data, title=name)
    return str(sent["files"][0]["id"])


def image_block(file: str) -> dict[str, Any]:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": "Andel 12 %"}


async def fetch(url: str, token: str | None) -> tuple[int, str, bytes, str | None]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(url, allow_redirects=False) as answer,
    ):
        return answer.status, answer.content_type, await answer.read(), answer.headers.get("Location")


async def test_upload_through_the_sdk_becomes_a_message_of_the_bot(place: Place) -> None:
    sent = await place.client.files_upload_v2(
        channel=place.dm, filename="graf.png", content=PNG, title="Graf", initial_comment="Din graf", alt_txt="Andel"
    )
    file = sent["files"][0]
    message = (await place.desk.dm(place.anne))[0]
    assert (message["text"], message["bot"], message["files"][0]["id"]) == ("Din graf", True, file["id"])
    assert (message["files"][0]["mimetype"], message["files"][0]["alt"]) == ("image/png", "Andel")
    assert await place.desk.file(place.anne, file["id"]) == PNG
    info = (await place.client.files_info(file=file["id"]))["file"]
    assert (info["ims"], list(info["shares"]["private"])) == ([place.dm], [place.dm])


async def test_upload_to_a_user_id_is_refused(place: Place) -> None:
    call = place.client.files_upload_v2(channel=place.anne, filename="a.png", content=PNG)
    assert await error_of(call) == "invalid_arguments"


async def test_file_does_not_exist_before_it_is_completed(place: Place) -> None:
    ticket = await place.client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    file = ticket["file_id"]
    assert await error_of(place.client.files_info(file=file)) == "file_not_found"
    early = place.client.files_completeUploadExternal(files=[{"id": file}])
    assert await error_of(early) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        async with session.post(ticket["upload_url"], data=PNG[:-1]) as answer:
            assert answer.status == 400
        async with session.post(ticket["upload_url"], data=PNG) as answer:
            assert (answer.status, answer.content_type) == (200, "text/plain")
    await place.client.files_completeUploadExternal(files=[{"id": file, "title": "A"}])
    assert (await place.client.files_info(file=file))["file"]["title"] == "A"
    assert await error_of(place.client.files_completeUploadExternal(files=[{"id": file}])) == "file_not_found"


async def test_upload_takes_a_form_as_well(place: Place) -> None:
    ticket = await place.client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    form = aiohttp.FormData()
    form.add_field("file", PNG, filename="a.png", content_type="image/png")
    async with aiohttp.ClientSession() as session, session.post(ticket["upload_url"], data=form) as answer:
        assert answer.status == 200
    await place.client.files_completeUploadExternal(files=[{"id": ticket["file_id"]}], channel_id=place.dm)
    assert len(await place.desk.dm(place.anne)) == 1


async def test_blocks_are_ignored_beside_an_initial_comment(place: Place) -> None:
    for comment, expected in (("Kommentar", False), (None, True)):
        ticket = await place.client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
        async with aiohttp.ClientSession() as session, session.post(ticket["upload_url"], data=PNG):
            pass
        await place.client.files_completeUploadExternal(
            files=[{"id": ticket["file_id"]}],
            channel_id=place.dm,
            initial_comment=comment,
            blocks=json.dumps([{"type": "divider"}]),
        )
        assert ("blocks" in (await place.desk.dm(place.anne))[-1]) is expected


async def test_image_block_shows_a_private_file_to_those_who_see_the_message(place: Place) -> None:
    file = await private_upload(place)
    with pytest.raises(DeskError):
        await place.desk.file(place.anne, file)
    sent = await place.client.chat_postMessage(channel=place.anne, text="Din graf", blocks=[image_block(file)])
    assert await place.desk.file(place.anne, file) == PNG
    with pytest.raises(DeskError) as refused:
        await place.desk.file(place.bo, file)
    assert refused.value.code == "file_not_found"
    await place.client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    with pytest.raises(DeskError):
        await place.desk.file(place.anne, file)


async def test_image_block_may_name_its_file_by_address(place: Place) -> None:
    file = await private_upload(place)
    info = (await place.client.files_info(file=file))["file"]
    for url in (info["url_private"], info["permalink"]):
        block = {"type": "image", "slack_file": {"url": url}, "alt_text": "Andel"}
        assert (await place.client.chat_postMessage(channel=place.anne, text="x", blocks=[block]))["ok"] is True
    assert await place.desk.file(place.anne, file) == PNG


async def test_files_are_listed_newest_first(place: Place) -> None:
    own = [await private_upload(place, name=f"{number}.png") for number in range(3)]
    await place.desk.upload(place.anne, place.dm, "tal.csv", b"x")
    listed = await place.client.files_list(user=place.world.bot_user_id, count=2)
    assert ([file["id"] for file in listed["files"]], listed["paging"]["pages"]) == ([own[2], own[1]], 2)


async def test_missing_file_is_not_found_and_a_cut_download_breaks(place: Place) -> None:
    url = await download_url(place)
    gone = url.replace("-F", "-F0")
    assert (await fetch(gone, place.world.bot_token))[0] == 404
    await place.desk.fail("download", reset=True, times=2)  # the client asks once more by itself
    with pytest.raises(aiohttp.ClientError):
        await fetch(url, place.world.bot_token)


async def test_image_in_a_home_is_seen_by_its_person(place: Place) -> None:
    file = await private_upload(place)
    await place.client.views_publish(user_id=place.anne, view={"type": "home", "blocks": [image_block(file)]})
    assert await place.desk.file(place.anne, file) == PNG
    with pytest.raises(DeskError):
        await place.desk.file(place.bo, file)


async def test_image_block_needs_a_ready_image(place: Place) -> None:
    async def post(file: str) -> Any:
        return await place.client.chat_postMessage(channel=place.anne, text="x", blocks=[image_block(file)])

    table = await private_upload(place, b"a;b\n", "tal.csv")
    assert await error_of(post("F0000000000")) == "invalid_blocks"
    assert await error_of(post(table)) == "invalid_blocks"
    await place.desk.settings(file_ready_after=30)
    slow = await private_upload(place)
    assert await error_of(post(slow)) == "invalid_blocks"
    await place.desk.pace(30)
    assert (await post(slow))["ok"] is True


async def test_upload_is_shared_when_it_is_processed(place: Place) -> None:
    await place.desk.settings(file_ready_after=30)
    sent = await place.client.files_upload_v2(channel=place.dm, filename="a.png", content=PNG)
    assert await place.desk.dm(place.anne) == []
    await place.desk.pace(30)

    async def shared() -> Any:
        return await place.desk.dm(place.anne)

    message = (await place.desk.wait_for(shared))[0]
    assert message["files"][0]["id"] == sent["files"][0]["id"]


async def test_file_in_a_direct_message_is_told_twice(place: Place, running: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await running(app)
    parent = (await place.client.chat_postMessage(channel=place.dm, text="Send tal"))["ts"]
    sent = await place.desk.upload(place.anne, place.dm, "tal.xlsx", b"PK..", thread_ts=parent, text="her <er> de")
    await place.desk.settled()
    by_type = {event["type"]: event for event in heard.events}
    message, shared = by_type["message"], by_type["file_shared"]
    assert (message["subtype"], message["thread_ts"], message["text"]) == ("file_share", parent, "her &lt;er&gt; de")
    file = message["files"][0]
    assert (file["id"], file["filetype"], file["size"]) == (sent["files"][0], "xlsx", 4)
    assert (shared["file_id"], shared["user_id"], shared["channel_id"]) == (file["id"], place.anne, place.dm)
    assert (await fetch(file["url_private_download"], place.world.bot_token))[2] == b"PK.."


async def test_file_from_another_workspace_is_only_pointed_at(place: Place, running: Running) -> None:
    guest = await place.desk.person(name="Ude Fra", stranger=True)
    app = place.app()
    heard = Heard(app)
    await running(app)
    sent = await place.desk.upload(guest, place.world.bot_user_id, "tal.csv", b"a;b")
    await place.desk.settled()
    stub = next(event for event in heard.events if event["type"] == "message")["files"][0]
    assert (stub["file_access"], "url_private" in stub) == ("check_file_info", False)
    assert (await place.client.files_info(file=sent["files"][0]))["file"]["name"] == "tal.csv"


async def download_url(place: Place) -> str:
    sent = await place.desk.upload(place.anne, place.dm, "tal.csv", b"a;b\n1;2\n")
    return str((await place.client.files_info(file=sent["files"][0]))["file"]["url_private"])


async def test_download_without_a_good_token_or_scope_is_a_login_page(place: Place) -> None:
    url = await download_url(place)
    assert (await fetch(url, place.world.bot_token))[:3] == (200, "text/csv", b"a;b\n1;2\n")
    for token in (None, "xoxb-wrong", place.world.app_token):
        status, content_type, body, _ = await fetch(url, token)
        assert (status, content_type, body[:15]) == (200, "text/html", b"<!DOCTYPE html>")
    await place.desk.settings(scopes=["chat:write"])
    assert (await fetch(url, place.world.bot_token))[1] == "text/html"


async def test_redirect_within_slack_wants_the_token_again(place: Place) -> None:
    url = await download_url(place)
    await place.desk.fail("download", redirect="slack")
    status, _, _, location = await fetch(url, place.world.bot_token)
    assert (status, location is not None) == (302, True)
    assert (await fetch(str(location), None))[1] == "text/html"
    assert (await fetch(str(location), place.world.bot_token))[2] == b"a;b\n1;2\n"


async def test_redirect_to_a_foreign_host_records_whether_the_token_followed(place: Place) -> None:
    url = await download_url(place)
    await place.desk.fail("download", redirect="foreign")
    location = str((await fetch(url, place.world.bot_token))[3])
    assert location.startswith("http://localhost:")
    for token in (None, place.world.bot_token):
        await fetch(location, token)
    rows = [row["request"]["token_sent"] for row in await place.desk.traffic() if row["method"] == "foreign"]
    assert rows == [False, True]


@pytest.mark.parametrize(
    ("how", "expected"),
    [({"login": True}, (200, "text/html")), ({"status": 503}, (503, "text/plain"))],
)
async def test_download_fails_on_command(place: Place, how: dict[str, Any], expected: tuple[int, str]) -> None:
    url = await download_url(place)
    await place.desk.fail("download", **how)
    assert (await fetch(url, place.world.bot_token))[:2] == expected
    assert (await fetch(url, place.world.bot_token))[:2] == (200, "text/csv")


async def test_everyone_deletes_only_their_own_files(place: Place) -> None:
    theirs = (await place.desk.upload(place.anne, place.dm, "cpr.csv", b"x"))["files"][0]
    own = await private_upload(place)
    assert await error_of(place.client.files_delete(file=theirs)) == "cant_delete_file"
    await place.client.files_delete(file=own)
    assert await error_of(place.client.files_info(file=own)) == "file_deleted"
    with pytest.raises(DeskError) as refused:
        await place.desk.delete_file(place.bo, theirs)
    assert refused.value.code == "cant_delete_file"
    await place.desk.delete_file(place.anne, theirs)
    assert await place.desk.dm(place.anne) == []
    assert await error_of(place.client.files_info(file=theirs)) == "file_deleted"


async def test_deleted_file_leaves_the_text_it_came_with(place: Place) -> None:
    sent = await place.desk.upload(place.anne, place.dm, "tal.csv", b"x", text="her er de")
    await place.desk.delete_file(place.anne, sent["files"][0])
    message = (await place.desk.dm(place.anne))[0]
    assert (message["text"], message["files"]) == ("her er de", [{"id": sent["files"][0], "deleted": True}])


async def test_upload_into_a_thread_that_is_not_there_leaves_nothing(place: Place) -> None:
    with pytest.raises(DeskError) as refused:
        await place.desk.upload(place.anne, place.dm, "tal.csv", b"x", thread_ts="1.000001")
    assert refused.value.code == "thread_not_found"
    assert (await place.desk.everything())["files"] == []


@pytest.mark.long
async def test_large_file_passes(place: Place) -> None:
    data = b"1;2\n" * (5 * 1024 * 1024)
    sent = await place.desk.upload(place.anne, place.dm, "stor.csv", data)
    url = (await place.client.files_info(file=sent["files"][0]))["file"]["url_private"]
    assert len((await fetch(url, place.world.bot_token))[2]) == 20 * 1024 * 1024
