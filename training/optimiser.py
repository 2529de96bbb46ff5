"""Muon for weight matrices, AdamW for the rest.

The budget is samples, not parameters: Muon (momentum whose matrix is orthogonalised before the step) gets to the same
loss in clearly fewer samples than AdamW on small convolutional nets, for about a tenth more time per step.
"""
import torch


def orthogonalise(matrix: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Newton-Schulz iteration towards the nearest (semi-)orthogonal matrix."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix / (matrix.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.t()
    for _ in range(steps):
        gram = x @ x.t()
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.t() if tall else x


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr: float, momentum: float = 0.95):
        super().__init__(parameters, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self):
        # The matrices are small: on shared cores a second thread costs more in waiting than it saves.
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(weight)
                momentum = state["momentum"].lerp_(weight.grad, 1 - group["momentum"])
                update = weight.grad.lerp(momentum, group["momentum"]).flatten(1)
                # 0.2 sqrt(n): the root mean square of the step is that of AdamW, so that one rate suits both.
                scale = 0.2 * max(update.shape) ** 0.5
                weight.add_(orthogonalise(update).view_as(weight), alpha=-group["lr"] * scale)
        torch.set_num_threads(threads)


class Optimiser:
    """Both optimisers behind one step, one rate and one state."""

    def __init__(self, module: torch.nn.Module, lr: float):
        inner = [p for n, p in module.named_parameters() if p.ndim >= 2 and not is_edge(n, p)]
        chosen = {id(p) for p in inner}
        rest = [p for p in module.parameters() if id(p) not in chosen]
        self.module = module
        self.lr = lr
        self.parts = [Muon(inner, lr), torch.optim.AdamW(rest, lr, betas=(0.9, 0.98), weight_decay=0.0)]

    def step(self, fraction: float) -> None:
        """Steps at `fraction` of the full rate and clears the gradients."""
        torch.nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = self.lr * fraction
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self):
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states) -> None:
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)


def is_edge(name: str, weight: torch.Tensor) -> bool:
    """Layers that touch pixels or latents, and tables, are not hidden matrices: they stay with AdamW."""
    return min(weight.flatten(1).shape) < 32 or name.startswith(("enter", "leave")) or "positions" in name


class Average:
    """Exponential moving average of a module's weights, with a short memory at the start."""

    def __init__(self, module: torch.nn.Module, decay: float):
        self.decay = decay
        self.weights = {k: v.detach().clone() for k, v in module.state_dict().items()}
        self.steps = 0

    @torch.no_grad()
    def update(self, module: torch.nn.Module) -> None:
        self.steps += 1
        keep = min(self.decay, self.steps / (self.steps + 10))
        for key, value in module.state_dict().items():
            if value.dtype.is_floating_point:
                self.weights[key].lerp_(value, 1 - keep)
            else:
                self.weights[key].copy_(value)
