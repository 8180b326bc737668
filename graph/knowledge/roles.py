"""The words for roles: what a noun or a title says of the person or the body that it is said of."""

from collections.abc import Mapping
from typing import Any

from .entries import Description, People


class Roles:
    """The words of roles.yaml as look-ups from lower-case words."""

    def __init__(self, roles: Mapping[str, Any]):
        self.descriptions: dict[str, Description] = {}
        for entry in roles["descriptions"]:
            for noun in entry["nouns"]:
                self.descriptions.setdefault(noun, Description(entry["type"], tuple(entry["sectors"])))
        self.genders: dict[str, str] = {}
        for section in ("titles", "kin"):
            self.genders |= {word: gender for gender in "fm" for word in roles[section][gender]}
        self.kin = frozenset(word for words in roles["kin"].values() for word in words)
        self.leads, self.represents = frozenset(roles["leads"]), frozenset(roles["represents"])
        self.members, self.state_heads = frozenset(roles["members"]), frozenset(roles["state_heads"])
        self.lesser, self.empty = frozenset(roles["lesser"]), frozenset(roles["empty"])
        self.name_sectors = {word: sector for sector, words in roles["name_sectors"].items() for word in words}
        self.numbers = {word: number for number, word in enumerate(roles["numbers"], 1)}
        self.modifiers = {word: sector for sector, words in roles["modifiers"].items() for word in words}
        people = {noun for noun, about in self.descriptions.items() if about.type == "Person"}
        titles = {word for words in roles["titles"].values() for word in words}
        self.titles = frozenset(titles | people | self.leads | self.represents | self.members)
        self.name_words = {word: type for type, words in roles["name_words"].items() for word in words}
        self.sectors = {type: tuple(sectors) for type, sectors in roles["sectors"].items()}
        self.deeds = {verb: tie for tie, verbs in roles["deeds"].items() for verb in verbs}
        self.short = dict(roles["short"])
        self.peoples = {name: People(type) for type, names in roles["peoples"].items() for name in names}
        for country, names in roles["peoples_of"].items():
            self.peoples |= {name: People("Group", country) for name in names}
