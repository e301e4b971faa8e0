/* oxlint-disable typescript/no-extraneous-class -- Node's lib and its users need classes of these names, not what is in them */
import { constantsOf } from '../dump.ts';
import { host } from '../host.ts';
import type { SecureContextLike } from './tls.ts';

const none = (): unknown[] => [];

/** Collects what `tls.createSecureContext` was given; the host makes the real context. */
class SecureContext implements SecureContextLike {
  readonly options: Record<string, unknown> = {};
  init(secureProtocol: unknown, min: number, max: number): void {
    Object.assign(this.options, { sp: secureProtocol, min, max });
  }
  setOptions(options: number): void {
    this.options['secureOptions'] = options;
  }
  getMinProto(): unknown {
    return this.options['min'];
  }
  getMaxProto(): unknown {
    return this.options['max'];
  }
  close(): void {}
}

class X509Certificate {}

/** Only what `lib/tls` and its neighbours use: `require('crypto')` is the guest's own module. */
export const cryptoBinding = {
  ...constantsOf('crypto'),
  SecureContext,
  X509Certificate,
  isX509Certificate: () => false,
  startLoadingCertificatesOffThread: () => {},
  getRootCertificates: none,
  getBundledRootCertificates: none,
  getSSLCiphers: () => host('crypto', 'getCiphers'),
  getFipsCrypto: () => 0,
};
