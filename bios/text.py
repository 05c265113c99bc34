"""A refined bio as the check reads it: sentences, each with its words as written and as keys."""

from __future__ import annotations

from dataclasses import dataclass

from bios import sentences, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `tokens` in order, their `keys`, and `said`, the words in lower case parted by spaces."""

    text: str
    tokens: tuple[words.Token, ...]
    keys: tuple[str, ...]
    said: str

    @classmethod
    def of(cls, text: str) -> Sentence:
        """Reads one sentence."""
        tokens = tuple(words.tokens(text))
        said = " ".join(token.word.casefold().replace("’", "'") for token in tokens)
        return cls(text, tokens, tuple(token.key for token in tokens), said)

    def between(self, one: int, other: int) -> str:
        """What stands between two words."""
        return self.text[self.tokens[one].end : self.tokens[other].start]

    def named(self, at: int) -> bool:
        """Whether the word there is written as a name: a capital inside the sentence, or all capitals."""
        word = self.tokens[at].word
        return (self.tokens[at].capital and at > 0 and word != "I") or (word.isupper() and len(word) > 1)

    def plain(self, at: int) -> bool:
        """Whether the word there is plain by itself or together with its neighbours."""
        known = words.plain()
        if self.keys[at] in known:
            return True
        runs = ((start, size) for size in (2, 3) for start in range(at - size + 1, at + 1) if start >= 0)
        return any("_".join(self.keys[start : start + size]) in known for start, size in runs)


def read(text: str) -> list[Sentence]:
    """The sentences of a text."""
    return [Sentence.of(sentence) for sentence in sentences.split(text)]
