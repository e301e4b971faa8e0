import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

export interface Authority {
  /** PEM of the self-signed authority. */
  readonly ca: string;
  /** A server certificate for these names and addresses, signed by the authority, PEM. */
  issue(hosts: readonly string[]): { readonly cert: string; readonly key: string };
}

const YEAR_MS = 365 * 24 * 3600 * 1000;

function keyPair() {
  const pem = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    pem: pem.privateKey,
    publicKey: forge.pki.publicKeyFromPem(pem.publicKey),
    privateKey: forge.pki.privateKeyFromPem(pem.privateKey),
  };
}

function certificate(publicKey: forge.pki.rsa.PublicKey, subject: string, issuer: string) {
  const cert = forge.pki.createCertificate();
  cert.publicKey = publicKey;
  cert.serialNumber = `01${randomBytes(15).toString('hex')}`;
  cert.validity.notBefore = new Date(Date.now() - 24 * 3600 * 1000);
  cert.validity.notAfter = new Date(Date.now() + YEAR_MS);
  cert.setSubject([{ shortName: 'CN', value: subject }]);
  cert.setIssuer([{ shortName: 'CN', value: issuer }]);
  return cert;
}

const isAddress = (host: string) => /^[\d.]+$|:/.test(host);

/** A certificate authority that lives as long as the test. */
export function createAuthority(name = 'Userferry test authority'): Authority {
  const root = keyPair();
  const rootCert = certificate(root.publicKey, name, name);
  rootCert.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  rootCert.sign(root.privateKey, forge.md.sha256.create());
  return {
    ca: forge.pki.certificateToPem(rootCert),
    issue(hosts) {
      const leaf = keyPair();
      const cert = certificate(leaf.publicKey, hosts[0] ?? 'localhost', name);
      cert.setExtensions([
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: hosts.map((host) => (isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host })),
        },
      ]);
      cert.sign(root.privateKey, forge.md.sha256.create());
      return { cert: forge.pki.certificateToPem(cert), key: leaf.pem };
    },
  };
}
