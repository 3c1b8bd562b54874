import { beforeAll, describe, inject, test } from 'vitest';
import { registerClosing } from './register.ts';

// A test file of its own: the sequencer puts it behind the last scenario file.
await registerClosing({ beforeAll, describe, inject, test });
