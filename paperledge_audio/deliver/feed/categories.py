"""Apple Podcasts' categories, which all directories use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.errors import ShowError, suggest
from paperledge_audio.files.tables import locate_key

if TYPE_CHECKING:
    from paperledge_audio.show.model import Show

CATEGORIES = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": (
        "Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": (
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"
    ),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies",
        "Home & Garden", "Video Games"
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics",
        "Sports News", "Tech News"
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics",
        "Natural Sciences", "Nature", "Physics", "Social Sciences"
    ),
    "Society & Culture": (
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"
    ),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey",
        "Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling"
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}  # fmt: skip
"""Categories with their subcategories; all names are different."""


def find_category(name: str) -> tuple[str, ...]:
    """The category called `name`, after its parent category if it has one.

    Raises ShowError for a name that directories don't know.

    >>> find_category("Science"), find_category("Physics")
    (('Science',), ('Science', 'Physics'))
    """
    if name in CATEGORIES:
        return (name,)
    for above, below in CATEGORIES.items():
        if name in below:
            return (above, name)
    known = [*CATEGORIES, *(sub for below in CATEGORIES.values() for sub in below)]
    raise ShowError(
        f"category: {name!r} is not one that podcast directories know", suggest(name, known)
    )


def check_category(show: Show) -> None:
    """Raise ShowError, with its line in show.toml, for a category that directories don't know."""
    with locate_key(show.path, "category"):
        find_category(show.category)
