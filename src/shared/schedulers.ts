/**
 * Schedulers by the names users know, each mapped to the diffusers class and config keys it stands for.
 * `model` means: obey the folder's own scheduler_config.json in every key.
 * Name pairs follow diffusers docs/source/en/api/schedulers/overview.md.
 */
export interface SchedulerChoice {
  readonly id: string;
  /** The name as A1111 and diffusers users know it. */
  readonly label: string;
  readonly className: string;
  /** Config keys laid over the model's own scheduler_config.json. */
  readonly overrides: Readonly<Record<string, string | number | boolean>>;
  /** Only for models trained with flow matching (SD 3, the built-in model) or only for the others. */
  readonly kind: 'diffusion' | 'flow';
}

const karras = { use_karras_sigmas: true } as const;
const exponential = { use_exponential_sigmas: true } as const;
const beta = { use_beta_sigmas: true } as const;
const sde = { algorithm_type: 'sde-dpmsolver++' } as const;

export const SCHEDULERS = [
  { id: 'ddim', label: 'DDIM', className: 'DDIMScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'ddpm', label: 'DDPM', className: 'DDPMScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'pndm', label: 'PNDM / PLMS', className: 'PNDMScheduler', overrides: { skip_prk_steps: true }, kind: 'diffusion' },
  { id: 'euler', label: 'Euler', className: 'EulerDiscreteScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'euler-karras', label: 'Euler Karras', className: 'EulerDiscreteScheduler', overrides: karras, kind: 'diffusion' },
  { id: 'euler-exponential', label: 'Euler exponential', className: 'EulerDiscreteScheduler', overrides: exponential, kind: 'diffusion' },
  { id: 'euler-beta', label: 'Euler beta', className: 'EulerDiscreteScheduler', overrides: beta, kind: 'diffusion' },
  { id: 'euler-a', label: 'Euler a', className: 'EulerAncestralDiscreteScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'heun', label: 'Heun', className: 'HeunDiscreteScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'heun-karras', label: 'Heun Karras', className: 'HeunDiscreteScheduler', overrides: karras, kind: 'diffusion' },
  { id: 'dpmpp-2m', label: 'DPM++ 2M', className: 'DPMSolverMultistepScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'dpmpp-2m-karras', label: 'DPM++ 2M Karras', className: 'DPMSolverMultistepScheduler', overrides: karras, kind: 'diffusion' },
  { id: 'dpmpp-2m-exponential', label: 'DPM++ 2M exponential', className: 'DPMSolverMultistepScheduler', overrides: exponential, kind: 'diffusion' },
  { id: 'dpmpp-2m-beta', label: 'DPM++ 2M beta', className: 'DPMSolverMultistepScheduler', overrides: beta, kind: 'diffusion' },
  { id: 'dpmpp-2m-sde', label: 'DPM++ 2M SDE', className: 'DPMSolverMultistepScheduler', overrides: sde, kind: 'diffusion' },
  { id: 'dpmpp-2m-sde-karras', label: 'DPM++ 2M SDE Karras', className: 'DPMSolverMultistepScheduler', overrides: { ...sde, ...karras }, kind: 'diffusion' },
  { id: 'unipc', label: 'UniPC', className: 'UniPCMultistepScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'unipc-karras', label: 'UniPC Karras', className: 'UniPCMultistepScheduler', overrides: karras, kind: 'diffusion' },
  { id: 'lcm', label: 'LCM', className: 'LCMScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'tcd', label: 'TCD', className: 'TCDScheduler', overrides: {}, kind: 'diffusion' },
  { id: 'flow-euler', label: 'Flow Euler', className: 'FlowMatchEulerDiscreteScheduler', overrides: {}, kind: 'flow' },
] as const satisfies readonly SchedulerChoice[];

export type SchedulerId = (typeof SCHEDULERS)[number]['id'];
export const SCHEDULER_IDS: readonly [SchedulerId, ...SchedulerId[]] = [SCHEDULERS[0].id, ...SCHEDULERS.slice(1).map((s) => s.id)];
