"""One bucket: the same contract on a small honest server and on a real one; and what a store can do to us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

import pytest

from mailbot.errors import StoreUnavailable
from mailbot.post.objects.bucket import Bucket, Place
from mailbot.post.objects.signing import Key, Request, signed
from tests.post.objects.toy_store import ToyStore, toy_store
from tests.servers.fixtures import insist
from tests.servers.processes import held_ports
from tests.servers.real_store import RealStore
from tests.servers.real_store import missing as no_store

BOTH = (pytest.param("toy", id="toy"), pytest.param("real", id="seaweedfs", marks=pytest.mark.servers))


@pytest.fixture
def toy() -> Iterator[ToyStore]:
    """A small honest store."""
    with toy_store() as store:
        yield store


@pytest.fixture(scope="module")
def real_store() -> Iterator[RealStore]:
    """A real store with two buckets, of which one keeps versions."""
    insist(no_store())
    with RealStore() as store:
        for bucket in ("berkas", "berversi"):
            with closing(Maker(store.place(bucket))) as maker:
                maker.make()
        yield store


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """What is closed again."""
    with ExitStack() as stack:
        yield stack


class Maker(Bucket):
    """Makes buckets, which mailbot itself never does."""

    def make(self) -> None:
        """Make the bucket, as soon as the store is ready to."""
        deadline = monotonic() + 30
        while (answer := self._ask("PUT", "")).status != 200 and monotonic() < deadline:
            pass
        assert answer.status == 200, answer

    def keep_versions(self) -> None:
        """Let the bucket keep every version."""
        wanted = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
        self._expect_ok(self._ask("PUT", "", query={"versioning": ""}, content=wanted))

    def versions(self) -> bytes:
        """Return the list of all versions."""
        return self._ask("GET", "", query={"versions": ""}).content


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest) -> Place:
    """Where a bucket is."""
    if request.param == "toy":
        toy: ToyStore = request.getfixturevalue("toy")
        return toy.place()
    real: RealStore = request.getfixturevalue("real_store")
    return real.place("berkas")


def test_what_is_put_is_given_back_and_gone_once_it_is_deleted(place: Place, opened: ExitStack) -> None:
    """Byte for byte, whatever it says; and what was never there is told from a store that is away."""
    bucket = opened.enter_context(closing(Bucket(place)))
    for name, content in {
        "disdukcapil/aa/1": bytes(range(256)) * 400,
        "disdukcapil/aa/2": b"<Error><Code>NoSuchKey</Code></Error>",
        "disdukcapil/a b+c=~'é/3": b"",
    }.items():
        bucket.put(name, content)
        assert bucket.get(name) == content
        bucket.delete(name)
        bucket.delete(name)
        with pytest.raises(KeyError):
            bucket.get(name)


def test_a_wrong_key_and_a_missing_bucket_are_told_and_are_no_missing_file(place: Place, opened: ExitStack) -> None:
    """Else every kept file would be taken for lost."""
    wrong = Key(access=place.key.access, secret="salah", region=place.key.region)
    forger = opened.enter_context(closing(Bucket(replace(place, key=wrong))))
    with pytest.raises(StoreUnavailable, match="SignatureDoesNotMatch"):
        forger.get("x")
    astray = opened.enter_context(closing(Bucket(replace(place, bucket="tiada"))))
    with pytest.raises(StoreUnavailable, match="NoSuchBucket"):
        astray.get("x")


@pytest.mark.servers
def test_where_a_bucket_keeps_versions_every_one_of_them_goes(real_store: RealStore, opened: ExitStack) -> None:
    """A mark over the old bytes would leave them with whoever asks for the version."""
    bucket = opened.enter_context(closing(Maker(real_store.place("berversi"))))
    bucket.keep_versions()
    for content in (b"pertama", b"kedua"):
        bucket.put("dinas/aa/1", content)
    bucket.put("dinas/aa/12", b"lain")
    bucket.delete("dinas/aa/1")
    listed = bucket.versions()
    assert b"<Key>dinas/aa/1</Key>" not in listed
    assert b"<Key>dinas/aa/12</Key>" in listed


def test_a_store_that_is_slow_is_given_up_in_time_and_then_left_alone(toy: ToyStore, opened: ExitStack) -> None:
    """Who waits for it keeps nobody else for longer than once."""
    bucket = opened.enter_context(closing(Bucket(toy.place(seconds=0.2))))
    toy.fault = "slow"
    started = monotonic()
    with pytest.raises(StoreUnavailable, match="not whole in time"):
        bucket.get("x")
    for _ in range(20):
        with pytest.raises(StoreUnavailable, match="asked again in"):
            bucket.get("x")
    assert monotonic() - started < 2.0
    assert len(toy.asked) == 1


@pytest.mark.parametrize(
    ("fault", "why"), [("503", "SlowDown"), ("cut", "not whole in time"), ("skewed", "RequestTimeTooSkewed")]
)
def test_what_is_no_answer_is_told(toy: ToyStore, opened: ExitStack, fault: str, why: str) -> None:
    """Half an answer is none; a clock that is off is named."""
    bucket = opened.enter_context(closing(Bucket(toy.place())))
    bucket.put("x", b"0123456789")
    toy.fault = fault
    with pytest.raises(StoreUnavailable, match=why):
        bucket.get("x")


def test_a_store_that_is_not_there_is_told() -> None:
    """Nobody listens."""
    key = Key(access="a", secret="b", region="c")
    with held_ports(1) as (port,):
        bucket = Bucket(Place(endpoint=f"http://127.0.0.1:{port}", bucket="berkas", key=key))
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            bucket.get("x")


def test_files_travel_to_https_addresses_alone() -> None:
    """They hold what people have written."""
    key = Key(access="a", secret="b", region="c")
    with pytest.raises(StoreUnavailable, match="no https address"):
        Bucket(Place(endpoint="http://s3.example.go.id", bucket="berkas", key=key)).put("x", b"")


def test_a_line_that_lay_idle_too_long_is_taken_up_anew(toy: ToyStore, opened: ExitStack) -> None:
    """Stores hang up on idle lines without a word."""
    bucket = opened.enter_context(closing(Bucket(toy.place())))
    bucket.put("x", b"1")
    bucket._idle[0].sock.shutdown(2)  # noqa: SLF001 - what the other side does
    assert bucket.get("x") == b"1"


def test_a_signature_is_the_one_that_the_makers_of_s3_publish() -> None:
    """Their example of a GET with a range left out is none; this one lists a bucket (AWS, Signature Version 4)."""
    key = Key(access="AKIAIOSFODNN7EXAMPLE", secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region="us-east-1")
    asked = Request(
        method="GET", host="examplebucket.s3.amazonaws.com", path="/", query={"max-keys": "2", "prefix": "J"}
    )
    headers = signed(asked, key, datetime(2013, 5, 24, tzinfo=UTC))
    assert headers["authorization"].endswith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
