import { Argument, Command, Option } from 'commander';
import { collect, collectDurations, durationMs, pattern, port, rate, seed, shard, wholeNumber } from './flags.ts';
import { packageVersion } from './version.ts';

/** The command line. Each action imports its command when it is called, so that `--help` starts fast. */
export function createProgram(): Command {
  const program = new Command('idenfy-contracts')
    .description("Contract tests for an identity-verification API's dummy sessions")
    .version(packageVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', EXIT_CODES)
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts run --help');
  for (const add of [addRun, addFuzz, addReplay, addPlan, addValidate, addSandbox, addDoctor]) add(program);
  return program;
}

const EXIT_CODES = `
Exit codes: 0 all passed, 1 a contract or expectation failed, 2 usage or an
invalid scenario, 3 environment, 4 inconclusive only, 130 interrupted.`;

const VARIABLES = `
A live target takes its keys from the environment:
  IDENFY_API_KEY, IDENFY_API_SECRET  the DEV key pair
  IDENFY_BASE_URL                    the provider, unless --base-url names it
  IDENFY_WEBHOOK_PUBLIC_URL          where the provider reaches this machine
  IDENFY_WEBHOOK_PORT                the local port behind that address
  IDENFY_WEBHOOK_KEY                 signing key (default: the API secret)
  IDENFY_TEST_API_KEY, ..._SECRET    other environments (also PROD, DEMO)`;

function filesArgument(): Argument {
  return new Argument('[files...]', 'scenario files or folders').default(['scenarios'], 'scenarios');
}

function selectionOptions(command: Command): Command {
  return command
    .option('--tag <tag>', 'only scenarios with this tag (repeatable)', collect)
    .option('--grep <regexp>', 'only cases whose id or title matches', pattern)
    .option('--shard <i/n>', 'only one of n parts of the cases', shard)
    .option('--seed <n>', 'seed of samples and fuzzing that name none', seed);
}

function targetOptions(command: Command): Command {
  return command
    .addOption(new Option('--target <target>', 'what to test').choices(['sandbox', 'live']).default('sandbox'))
    .option('--base-url <url>', 'origin of the live provider')
    .hook('preAction', () => {
      const { target, baseUrl } = command.opts();
      if (baseUrl !== undefined && target !== 'live')
        command.error('error: --base-url is the address of a live target: add --target live, or leave it out');
    });
}

function paceOptions(command: Command): Command {
  return command
    .option('--concurrency <n>', 'cases at once (default: 32 on loopback, 4 elsewhere)', wholeNumber(1))
    .option('--rate <rate>', 'most requests in a time, e.g. 5/s', rate);
}

function runOptions(command: Command): Command {
  return paceOptions(targetOptions(command))
    .option('--budget <n>', 'most sessions to create; the rest is inconclusive', wholeNumber(0))
    .option('--webhook-timeout <duration>', 'deadline of a webhook whose step names none', durationMs)
    .option('--quiet-period <duration>', 'how long nothing may come at the end', durationMs)
    .option('--bail <n>', 'stop after n failures', wholeNumber(1))
    .option('--report-dir <dir>', 'where runs are kept', 'reports')
    .option('--json', 'print the result as JSON');
}

function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run scenarios and write the contract report')
    .addArgument(filesArgument());
  selectionOptions(runOptions(command))
    .option('--resume', 'finish the newest run of the report folder')
    .addHelpText('after', VARIABLES)
    .addHelpText('after', EXIT_CODES)
    .addHelpText(
      'after',
      '\nExample:\n  $ idenfy-contracts run scenarios --tag smoke\n  $ idenfy-contracts run --target live --rate 2/s --budget 50',
    )
    .action(async (files, options) => (await import('./run.ts')).run(files, options));
}

function addFuzz(program: Command): void {
  const command = program
    .command('fuzz')
    .description('search for values and sequences that break a contract')
    .argument('[files...]', 'scenario files with `fuzz:` (default: everything that the contracts say)');
  runOptions(command)
    .option('--only <key>', 'only a request, a field or a clause, e.g. createSession.firstName (repeatable)', collect)
    .option('--runs <n>', 'runs of each property and of the model', wholeNumber(1))
    .option('--max-time <duration>', 'when to end; without --runs, random search goes on until then', durationMs)
    .option('--seed <n>', 'seed of all that is drawn (default: a new one)', seed)
    .option('--path <path>', 'the value of a finding, as it was printed')
    .option('--replay-path <path>', "the commands of a model's finding, as they were printed")
    .addHelpText('after', VARIABLES)
    .addHelpText('after', EXIT_CODES)
    .addHelpText(
      'after',
      '\nExample:\n  $ idenfy-contracts fuzz --only createSession.firstName\n  $ idenfy-contracts fuzz --max-time 10m',
    )
    .action(async (files, options) => (await import('./fuzz.ts')).fuzz(files, options));
}

function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .description('run a counterexample again')
    .argument('<files...>', 'scenario files, such as those in the counterexamples folder of a run');
  runOptions(command)
    .addHelpText('after', EXIT_CODES)
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts replay reports/latest/counterexamples')
    .action(async (files, options) => (await import('./run.ts')).run(files, options));
}

function addPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('show what a run would send, without sending anything')
    .addArgument(filesArgument());
  selectionOptions(paceOptions(targetOptions(command)))
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts plan --tag nightly --rate 10000/h')
    .action(async (files, options) => (await import('./plan.ts')).plan(files, options));
}

function addValidate(program: Command): void {
  program
    .command('validate')
    .description('check scenario files and show every mistake')
    .addArgument(filesArgument())
    .option('--json', 'print the mistakes as JSON')
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts validate scenarios/mine.yaml')
    .action(async (files, options) => (await import('./validate.ts')).validate(files, options));
}

function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('start the embedded provider until Ctrl-C')
    .option('--port <n>', 'port to listen on (default: any free one)', port)
    .option('--webhook-url <url>', 'where webhooks go when a session names no callbackUrl')
    .option('--signing-key <key>', 'key of the webhook signature (default: the DEV API secret)')
    .option('--legacy-events', 'send the legacy IDENTIFICATION event')
    .option('--response-latency <duration>', 'wait before each response', durationMs)
    .option('--webhook-latency <duration>', 'wait before each webhook', durationMs)
    .option('--retry-delay <duration>', 'wait before each repeat of a webhook (repeatable)', collectDurations)
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', SANDBOX_VARIABLES)
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts sandbox --port 8080 --json')
    .action(async (options) => (await import('./sandbox.ts')).sandbox(options));
}

const SANDBOX_VARIABLES = `
Key pairs come from IDENFY_API_KEY and IDENFY_API_SECRET (and IDENFY_TEST_...,
PROD, DEMO) or are made up; the signing key may come from IDENFY_WEBHOOK_KEY.`;

function addDoctor(program: Command): void {
  targetOptions(program.command('doctor').description('check what a run needs, one by one'))
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts doctor --target live')
    .action(async (options) => (await import('./doctor.ts')).doctor(options));
}
