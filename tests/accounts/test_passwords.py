import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from sumairu.accounts import passwords


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Passw0rd2026!",
        "qwertyuiop12",
        "asdfghjkl;123",
        "1qaz2wsx3edc",
        "hokkaido2026",
        "sumairuhokkaido",
        "kushirokushiro",
        "abcabcabcabc",
        "aaaaaaaaaaaa",
        "Administrator2026",
        "ｈｏｋｋａｉｄｏ２０２６",
    ],
)
def test_what_is_long_and_guessed_all_the_same_is_refused(password):
    with pytest.raises(ValidationError, match="推測"):
        validate_password(password)


@pytest.mark.parametrize("password", ["mizu-kakashi-tsurara-9", "vT9#rkq2LmzX", "あかるいみずうみのなかのふね"])
def test_what_is_hard_to_guess_is_taken(password):
    validate_password(password)


def test_of_a_password_of_any_length_only_the_beginning_is_looked_at(monkeypatch):
    looked_at = []
    monkeypatch.setattr(passwords, "_pieces", lambda text: looked_at.append(len(text)) or passwords.MOST_PIECES + 1)
    passwords.NotMadeOfCommonWords().validate("".join(map(str, range(300))))
    assert max(looked_at) <= passwords.LONGEST
