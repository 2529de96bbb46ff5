import { z } from 'zod';

// Zod compiles its parsers with `new Function` where it may; the page's CSP forbids that, and even the probe is reported.
z.config({ jitless: true });
