import { Fault } from '#engine/fault.ts';
import { lockProject } from '#project/project-lock.ts';

// Takes the lock of the folder given and holds it until this process is ended, or says why it cannot.
try {
  await lockProject(process.argv[2]!);
  process.stdout.write('locked\n');
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`${error instanceof Fault ? error.kind : String(error)}\n`);
}
