import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** The command as npm installs it: the `bin` of package.json. */
export const BIN: string = join(ROOT, 'dist/cli/main.js');

/** How a command ended. */
export interface Ended {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that is running in a process group of its own. */
export interface RunningCommand extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the match when stdout and stderr so far match; rejects when the command ends or 30 s pass before. */
  output(pattern: RegExp): Promise<RegExpExecArray>;
  /** True while any process of the command's group lives. */
  isAlive(): boolean;
}

/** Where and with which variables a command runs. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** File to start instead of the built command. */
  readonly bin?: string;
}

const DEADLINE_MS = 30_000;

/** Starts the built command with nothing of this process's environment but what every program needs. */
export function startCommand(args: readonly string[], options: CommandOptions): RunningCommand {
  const { PATH = '', HOME = '', TMPDIR = tmpdir() } = process.env;
  const child = spawn(process.execPath, [options.bin ?? BIN, ...args], {
    cwd: options.cwd,
    env: { PATH, HOME, TMPDIR, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const texts = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...texts }));
  });
  const isAlive = (): boolean => signalGroup(child, 0);
  return {
    child,
    ended,
    isAlive,
    output: (pattern) => firstMatch(pattern, () => `${texts.stdout}\n${texts.stderr}`, listeners, ended),
    async [Symbol.asyncDispose]() {
      if (isAlive()) signalGroup(child, 'SIGKILL');
      await ended;
    },
  };
}

/** Runs the built command to its end. */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<Ended> {
  await using command = startCommand(args, options);
  return await command.ended;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

function firstMatch(
  pattern: RegExp,
  text: () => string,
  listeners: Set<() => void>,
  ended: Promise<Ended>,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const match = pattern.exec(text());
      if (match !== null) settle(() => resolve(match));
    };
    const giveUp = (why: string): void =>
      settle(() => reject(new Error(`${why} before ${pattern} was printed:\n${text()}`)));
    const timer = setTimeout(giveUp, DEADLINE_MS, `${DEADLINE_MS} ms passed`);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      listeners.delete(look);
      act();
    };
    listeners.add(look);
    look();
    void ended.then(() => giveUp('the command ended'));
  });
}

/** A temporary working folder. */
export interface Workspace extends Disposable {
  readonly dir: string;
  /** Writes a file, its folders included; gives its path inside the workspace back. */
  write(path: string, text: string | Uint8Array): string;
  read(path: string): string;
  /** Text of every file below a folder, by its path inside the workspace. */
  readAll(folder: string): ReadonlyMap<string, string>;
}

/** Makes an empty working folder, removed when disposed of. */
export function createWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): Workspace {
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'idenfy-contracts-'));
  const write = (path: string, text: string | Uint8Array): string => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
    return path;
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const read = (path: string): string => readFileSync(join(dir, path), 'utf8');
  return {
    dir,
    write,
    read,
    readAll(folder) {
      const entries = readdirSync(join(dir, folder), { recursive: true, withFileTypes: true });
      const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      return new Map(found.map((path) => [path.slice(dir.length + 1), readFileSync(path, 'utf8')]));
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}
