import { inject } from 'vitest';
import { prepareRun } from './register.ts';

// Runs as soon as the worker is there: what the cases need gets ready while the main process still checks their files.
prepareRun({ inject });
