import { Option } from 'commander';

/** What runs after the scripts. The default is the contract's, so nothing is sent where the option is missing. */
export function pipelineOption(usually: 'off' | 'actions'): Option {
  return new Option(
    '--pipeline <what>',
    `what runs after the scripts; Rules and Hooks are past their end of life (default: ${usually})`,
  ).choices(['off', 'actions', 'actions+rules']);
}
