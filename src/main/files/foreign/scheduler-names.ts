import { SCHEDULERS, type SchedulerId } from '../../../shared/schedulers';

/** Names of ComfyUI, InvokeAI, SwarmUI and Fooocus for what A1111 and diffusers call otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  euler_ancestral: 'euler a',
  euler_a: 'euler a',
  k_euler: 'euler',
  k_euler_a: 'euler a',
  k_heun: 'heun',
  dpmpp_2m: 'dpm++ 2m',
  k_dpmpp_2m: 'dpm++ 2m',
  dpmpp_2m_sde: 'dpm++ 2m sde',
  dpmpp_2m_sde_gpu: 'dpm++ 2m sde',
  uni_pc: 'unipc',
  uni_pc_bh2: 'unipc',
  plms: 'pndm / plms',
  k_lms: 'lms',
  pndm: 'pndm / plms',
};

/** A1111's samplers whose "Automatic" schedule is not the plain one (modules/sd_samplers_kdiffusion.py). */
const AUTOMATIC_KARRAS: ReadonlySet<string> = new Set(['dpm++ 2m', 'dpm++ 2m sde']);
const PLAIN: ReadonlySet<string> = new Set(['', 'normal', 'simple', 'uniform', 'ddim_uniform', 'automatic']);

const BY_LABEL: ReadonlyMap<string, SchedulerId> = new Map(SCHEDULERS.map(({ id, label }) => [label.toLowerCase(), id]));

/**
 * The scheduler of this studio that does the same as another program's sampler with its sigma schedule; null when
 * there is none, since a similar one would give another picture.
 */
export function schedulerOf(sampler: string, schedule: string | null): SchedulerId | null {
  const name = sampler.trim().toLowerCase();
  const spaced = name.replace(/_k$/, ' karras');
  const [base, own] = spaced.endsWith(' karras') ? [spaced.slice(0, -7), 'karras'] : spaced.endsWith(' exponential') ? [spaced.slice(0, -12), 'exponential'] : [spaced, ''];
  const label = Object.hasOwn(ALIASES, base) ? (ALIASES[base] ?? base) : base;
  const asked = (schedule ?? '').trim().toLowerCase();
  const automatic = asked === 'automatic' && AUTOMATIC_KARRAS.has(label) ? 'karras' : asked;
  const sigma = own !== '' ? own : PLAIN.has(automatic) ? '' : automatic;
  return BY_LABEL.get(sigma === '' ? label : `${label} ${sigma}`) ?? null;
}
