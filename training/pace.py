"""Chooses one thread or two from step to step.

Beside other work two threads are slower than one, because each operation waits for the thread that lost its core;
alone two are nearly twice as fast. So both are timed now and then, and the faster is used until the next look.
"""
import time

import torch

LOOK_EVERY = 30
LOOK_STEPS = 2


class Pace:
    def __init__(self, most: int):
        self.choices = list(range(1, most + 1))
        self.seconds = {n: 0.0 for n in self.choices}
        self.threads, self.step = most, 0

    def __enter__(self):
        place = self.step % LOOK_EVERY
        looking = place < LOOK_STEPS * len(self.choices)
        self.current = self.choices[place // LOOK_STEPS] if looking else self.threads
        torch.set_num_threads(self.current)
        self.start = time.perf_counter()

    def __exit__(self, *_):
        passed = time.perf_counter() - self.start
        known = self.seconds[self.current]
        self.seconds[self.current] = passed if known == 0 else 0.6 * known + 0.4 * passed
        self.threads = min(self.choices, key=lambda n: self.seconds[n] or 1e9)
        self.step += 1
