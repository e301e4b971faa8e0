import { constantsOf } from '../dump.ts';
import { httpParser } from '../vendor/vendor.ts';

/** Only servers look into it, and there are none here. */
class ConnectionsList {
  all(): unknown[] {
    return [];
  }
  idle(): unknown[] {
    return [];
  }
  active(): unknown[] {
    return [];
  }
  expired(): unknown[] {
    return [];
  }
}

export const httpParserBinding = {
  ...constantsOf('http_parser'),
  ConnectionsList,
  get HTTPParser(): unknown {
    return httpParser();
  },
};
