"""The autoencoder: 128x128 RGB in [-1, 1] to 16x16 latents of 8 channels and back (a factor of 8 each way).

All convolutions run at 1/4 and 1/8 of the picture's size: pixels are folded into channels first and unfolded last, so
that the arithmetic sits in large matrices, which is where two processor cores are fast.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

LATENT_CHANNELS = 8


class Residual(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.a = nn.Conv2d(channels, channels, 3, padding=1)
        self.b = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.b(F.relu(self.a(F.relu(x))))


class Encoder(nn.Module):
    def __init__(self, fine: int = 48, coarse: int = 96):
        super().__init__()
        self.enter = nn.Conv2d(48, fine, 3, padding=1)
        self.fine = nn.Sequential(Residual(fine), Residual(fine))
        self.down = nn.Conv2d(fine * 4, coarse, 3, padding=1)
        self.coarse = nn.Sequential(Residual(coarse), Residual(coarse))
        self.leave = nn.Conv2d(coarse, LATENT_CHANNELS, 3, padding=1)
        self.register_buffer("mean", torch.zeros(1, LATENT_CHANNELS, 1, 1))
        self.register_buffer("deviation", torch.ones(1, LATENT_CHANNELS, 1, 1))

    def forward(self, picture):
        x = self.fine(self.enter(F.pixel_unshuffle(picture, 4)))
        x = self.coarse(self.down(F.pixel_unshuffle(x, 2)))
        return (self.leave(F.relu(x)) - self.mean) / self.deviation


class Decoder(nn.Module):
    def __init__(self, fine: int = 48, coarse: int = 96):
        super().__init__()
        self.enter = nn.Conv2d(LATENT_CHANNELS, coarse, 3, padding=1)
        self.coarse = nn.Sequential(Residual(coarse), Residual(coarse), Residual(coarse))
        self.up = nn.Conv2d(coarse, fine * 4, 3, padding=1)
        self.fine = nn.Sequential(Residual(fine), Residual(fine), Residual(fine))
        self.leave = nn.Conv2d(fine, 48, 3, padding=1)
        self.register_buffer("mean", torch.zeros(1, LATENT_CHANNELS, 1, 1))
        self.register_buffer("deviation", torch.ones(1, LATENT_CHANNELS, 1, 1))

    def forward(self, latent):
        x = self.coarse(self.enter(latent * self.deviation + self.mean))
        x = self.fine(F.pixel_shuffle(self.up(F.relu(x)), 2))
        return F.pixel_shuffle(self.leave(F.relu(x)), 4)


def load(path, device="cpu"):
    state = torch.load(path, map_location=device)
    encoder, decoder = Encoder().to(device), Decoder().to(device)
    encoder.load_state_dict(state["encoder"])
    decoder.load_state_dict(state["decoder"])
    return encoder.eval(), decoder.eval()
