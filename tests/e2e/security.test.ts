import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchStudio, type Studio } from './launch';

/** docs/adr/0005-page-security.md, line by line, in the real window. */
describe('the page', () => {
  let studio: Studio;
  let page: Page;
  beforeAll(async () => {
    studio = await launchStudio();
    page = studio.window;
  });
  afterAll(() => studio.close());

  it('runs in a sandbox without Node', async () => {
    const preferences = await studio.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = (
        contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
    expect(await page.evaluate(() => ['require' in globalThis, 'process' in globalThis, 'module' in globalThis])).toEqual([false, false, false]);
  });

  it('has its own origin and a strict policy', async () => {
    expect(await page.evaluate(() => location.origin)).toBe('studio://app');
    const policy = await page.evaluate(async () => (await fetch('studio://app/index.html')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  it('cannot compile code from text', async () => {
    // From a timer: what the debugger itself evaluates is exempt from the policy.
    const outcome = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              resolve(String(new Function('return 1')()));
            } catch (caught) {
              resolve(caught instanceof Error ? caught.name : '');
            }
          });
        }),
    );
    expect(outcome).toBe('EvalError');
  });

  it.each(['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd'])('cannot reach %s', async (url) => {
    expect(await page.evaluate((target) => fetch(target).then(() => 'reached', () => 'refused'), url)).toBe('refused');
  });

  it.each([
    'studio://app/../../../../etc/passwd',
    'studio://app/%2e%2e/%2e%2e/package.json',
    'studio://app/image/..%2f..%2fetc%2fpasswd',
    'studio://app/image/00000000-0000-0000-0000-000000000000',
    'studio://app/thumb/x',
    'studio://other/index.html',
  ])('finds nothing at %s', async (url) => {
    expect(await page.evaluate((target) => fetch(target).then((answer) => answer.status, () => 404), url)).toBe(404);
  });

  it('opens no window, goes nowhere and gets no permission', async () => {
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    expect(await page.evaluate(() => location.origin)).toBe('studio://app');
    expect(await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('reaches main by declared names and valid input only', async () => {
    const ask = (channel: string, input: unknown): Promise<unknown> =>
      page.evaluate(
        ([name, value]) =>
          (window as unknown as { studio: { request(c: unknown, i: unknown): Promise<unknown> } }).studio.request(name, value).catch((e: Error) => e.message),
        [channel, input] as const,
      );
    expect(await ask('shell.openPath', '/')).toContain('Unknown channel');
    expect(await ask('jobs.cancel', { jobId: '../../x' })).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
    expect(await ask('jobs.snapshot', null)).toMatchObject({ ok: true, value: { jobs: [] } });
  });
});
