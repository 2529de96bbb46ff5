import { createJobAccounts, type JobAccounts } from '../../src/main/app/credits/job-accounts';
import { createStudioEvents } from '../../src/main/app/events';
import { creditsHandlers } from '../../src/main/app/credits/credits-handlers';
import type { HandlersOf } from '../../src/main/app/handlers';
import type { StudioDependencies } from '../../src/main/app/studio-dependencies';
import type { CreditsEvent } from '../../src/shared/credits';
import { StudioError } from '../../src/shared/errors';
import type { ModelSummary } from '../../src/shared/model';
import { openAccount } from '../app/credits/open-account';

export interface FakeCredits {
  readonly handlers: HandlersOf<'credits'>;
  readonly accounts: JobAccounts;
}

/** The real accounts over a real ledger in memory: prices and refusals are then what main would say. */
export function fakeCredits(models: readonly ModelSummary[], tell: (event: CreditsEvent) => void): FakeCredits {
  const { credits, ledger } = openAccount();
  const events = createStudioEvents();
  events.subscribe((topic, payload) => { if (topic === 'credits.event') tell(payload as CreditsEvent); });
  const find = (id: string) => {
    const summary = models.find((model) => model.id === id);
    return summary === undefined ? Promise.reject(new StudioError('model-missing', `no model ${id}`)) : Promise.resolve({ summary, path: '/model' });
  };
  const parts = {
    credits,
    ledger,
    events,
    models: { find },
    folders: { prices: '/home/anna/.local/share/palimpsest/prices' },
    desktop: { askWhereToSave: () => Promise.resolve(null) },
  };
  return {
    // Only what the credits' handlers ask for.
    handlers: creditsHandlers(parts as unknown as StudioDependencies),
    accounts: createJobAccounts({ credits, events, peakMemoryOf: () => 420_000_000 }),
  };
}
