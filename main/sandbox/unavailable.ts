import { Fault } from '#engine/fault.ts';

export function unavailable(): Fault {
  return new Fault('sandbox-unavailable', 'No sandbox worker could be started.', {
    help: 'Check that the program runs on its own Node and that the sandbox has been built.',
  });
}
