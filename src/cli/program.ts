import { Command, Option } from 'commander';
import { collect, collectDurations, durationMs, pattern, rate, shard, wholeNumber } from './flags.ts';
import { packageVersion } from './version.ts';

/** The command line. Each action imports its command when it is called, so that `--help` starts fast. */
export function createProgram(): Command {
  const program = new Command('idenfy-contracts')
    .description("Contract tests for an identity-verification API's dummy sessions")
    .version(packageVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nExit codes: 0 all passed, 1 a contract or expectation failed, 2 usage or an invalid scenario,\n3 environment, 4 inconclusive only, 130 interrupted.',
    );
  for (const add of [addRun, addPlan, addValidate, addSandbox, addDoctor]) add(program);
  return program;
}

function selectionOptions(command: Command): Command {
  return command
    .option('--tag <tag>', 'only scenarios with this tag (repeatable)', collect, [])
    .option('--grep <regexp>', 'only cases whose id or title matches', pattern)
    .option('--shard <i/n>', 'only one of n parts of the cases', shard);
}

function targetOptions(command: Command): Command {
  return command
    .addOption(new Option('--target <target>', 'what to test').choices(['sandbox', 'live']).default('sandbox'))
    .option('--base-url <url>', 'origin of the live provider (IDENFY_BASE_URL)')
    .option('--concurrency <n>', 'cases at once (default: 32 on loopback, 4 elsewhere)', wholeNumber(1))
    .option('--rate <rate>', 'most requests in a time, e.g. 5/s', rate);
}

function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run scenarios and write the contract report')
    .argument('[files...]', 'scenario files or folders', ['scenarios']);
  selectionOptions(targetOptions(command))
    .option('--budget <n>', 'most sessions to create; the rest is inconclusive', wholeNumber(0))
    .option('--webhook-timeout <duration>', 'deadline of a webhook whose step names none', durationMs)
    .option('--quiet-period <duration>', 'how long nothing may come at the end', durationMs)
    .option('--seed <n>', 'seed of the sampled combinations that name none', wholeNumber(0))
    .option('--bail <n>', 'stop after n failures', wholeNumber(1))
    .option('--report-dir <dir>', 'where runs are kept', 'reports')
    .option('--resume', 'finish the newest run of the report folder', false)
    .option('--json', 'print the result as JSON', false)
    .addHelpText(
      'after',
      '\nExample:\n  $ idenfy-contracts run scenarios --tag smoke\n  $ idenfy-contracts run --target live --rate 2/s --budget 50',
    )
    .action(async (files, options) => (await import('./run.ts')).run(files, options));
}

function addPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('show what a run would send, without sending anything')
    .argument('[files...]', 'scenario files or folders', ['scenarios']);
  selectionOptions(targetOptions(command))
    .option('--json', 'print the plan as JSON', false)
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts plan --tag nightly --rate 10000/h')
    .action(async (files, options) => (await import('./plan.ts')).plan(files, options));
}

function addValidate(program: Command): void {
  program
    .command('validate')
    .description('check scenario files and show every mistake')
    .argument('[files...]', 'scenario files or folders', ['scenarios'])
    .option('--json', 'print the mistakes as JSON', false)
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts validate scenarios/mine.yaml')
    .action(async (files, options) => (await import('./validate.ts')).validate(files, options));
}

function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('start the embedded provider until Ctrl-C')
    .option('--port <n>', 'port to listen on (0: any free one)', wholeNumber(0), 0)
    .option('--webhook-url <url>', 'where webhooks go when a session names no callbackUrl')
    .option('--signing-key <key>', 'key of the webhook signature (default: the DEV API secret; or IDENFY_WEBHOOK_KEY)')
    .option('--legacy-events', 'send the legacy IDENTIFICATION event', false)
    .option('--response-latency <duration>', 'wait before each response', durationMs)
    .option('--webhook-latency <duration>', 'wait before each webhook', durationMs)
    .option('--retry-delay <duration>', 'wait before each repeat of a webhook (repeatable)', collectDurations)
    .option('--json', 'print one JSON object a line', false)
    .addHelpText(
      'after',
      '\nExample:\n  $ idenfy-contracts sandbox --port 8080 --json\n\nKey pairs come from IDENFY_API_KEY and IDENFY_API_SECRET (and IDENFY_TEST_..., PROD, DEMO) or are made up.',
    )
    .action(async (options) => (await import('./sandbox.ts')).sandbox(options));
}

function addDoctor(program: Command): void {
  targetOptions(program.command('doctor').description('check what a run needs, one by one'))
    .option('--json', 'print the checks as JSON', false)
    .addHelpText('after', '\nExample:\n  $ idenfy-contracts doctor')
    .action(async (options) => (await import('./doctor.ts')).doctor(options));
}
