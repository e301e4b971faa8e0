import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, secondsOf, usersOf } from './common/options.ts';
import { type Baseline, figure, leftOut } from './common/rows.ts';
import { auth0Simulator } from './peers/auth0-simulator.ts';
import { cognitoLocal } from './peers/cognito-local.ts';
import { bruno, newman } from './peers/csv-runners.ts';
import { firebaseEmulator } from './peers/firebase-emulator.ts';
import { ourRuns, ourTrial } from './peers/our-figures.ts';
import type { Peer, PeerFigure } from './peers/peer.ts';
import { rulesHarness } from './peers/rules-harness.ts';

/*
 * Peers that can be installed from npm, each on work that we do, too, in the same run. They are looked for in the folder
 * that USERFERRY_PEERS names; what is not there is left out, and how to install it is printed. All of them listen on the
 * loopback address only, and are ended with everything that they start.
 * Run: USERFERRY_PEERS=/some/folder node --no-node-snapshot bench/peers.ts [--users N] [--seconds S]
 */
const PEERS: readonly Peer[] = [rulesHarness, cognitoLocal, auth0Simulator, newman, bruno, firebaseEmulator];
/** Some of them take a second for ten users, and one gets slower with each. */
const MOST_LOGINS = 5_000;
const QUICK_LOGINS = 300;
const IMPORTS_PER_LOGIN = 50;
/** Ours is begun anew for the figure, and that must not weigh; nobody else's start is in theirs but of those for a CSV. */
const OURS_PER_LOGIN = 10;

const options = benchOptions();
const logins = Math.min(usersOf(options, options.quick ? QUICK_LOGINS : 2_000), MOST_LOGINS);
const imports = logins * IMPORTS_PER_LOGIN;
const seconds = secondsOf(options, 3);
const installed = process.env['USERFERRY_PEERS'];
const folder = temporaryFolder('peers-bench');
try {
  const ourLogins = logins * OURS_PER_LOGIN;
  const lazy = await ourTrial(folder, 'lazy', ourLogins);
  const bulk = await ourTrial(folder, 'bulk', imports);
  const ours = {
    logins: {
      work: `lazy trial over a CSV of ${ourLogins.toLocaleString('en')} users`,
      perSecond: ourLogins / lazy.seconds,
      unit: 'users/s',
    },
    import: { work: 'bulk trial over a CSV of as many', perSecond: imports / bulk.seconds, unit: 'users/s' },
    runs: {
      work: 'script with one SHA-256, warm',
      perSecond: await ourRuns('warm', seconds),
      unit: 'runs/s',
    },
  };
  for (const peer of PEERS) {
    const { work, perSecond, unit } = ours[peer.beside];
    for (const theirs of await figuresOf(peer)) {
      const name = `${peer.package} ${peer.version}, ${theirs.work}`;
      const users = peer.beside === 'runs' ? null : theirs.users;
      figure(`${work} beside ${peer.package}`, perSecond, unit, row(name, theirs.perSecond, users));
      if (theirs.tenths === null) continue;
      const { first, last } = theirs.tenths;
      console.log(`${name}: first tenth ${first.toFixed(1)}/s, last tenth ${last.toFixed(1)}/s`);
    }
  }
  figure('script with one SHA-256, a fresh container for each', await ourRuns('fresh', seconds), 'runs/s');
  tellMissing(PEERS.filter((peer) => !isInstalled(peer)));
} finally {
  removeFolder(folder);
}

function row(
  name: string,
  perSecond: number,
  users: number | null,
): { baseline: Baseline; users: number | null } {
  return { baseline: { name, figure: perSecond }, users };
}

async function figuresOf(peer: Peer): Promise<readonly PeerFigure[]> {
  const work = `beside ${peer.package} ${peer.version}`;
  if (installed === undefined || !isInstalled(peer)) {
    leftOut(work, installed === undefined ? 'USERFERRY_PEERS names no folder' : 'not installed there');
    return [];
  }
  const scratch = join(folder, peer.package.replaceAll('/', '-'));
  mkdirSync(scratch);
  try {
    const users = peer.beside === 'import' ? imports : logins;
    return await peer.measure({ installed, scratch, users, seconds });
  } catch (error) {
    // Whatever a program of others does on this machine, it must not take the figures of the rest along.
    leftOut(work, (error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 200));
    return [];
  }
}

/** Another version would be another peer: figures are of the one that is named. */
function isInstalled({ package: name, version }: Peer): boolean {
  const manifest = join(installed ?? '', 'node_modules', name, 'package.json');
  if (installed === undefined || !existsSync(manifest)) return false;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version === version;
}

function tellMissing(missing: readonly Peer[]): void {
  if (missing.length === 0) return;
  const packages = missing.map(({ package: name, version }) => `${name}@${version}`).join(' ');
  console.log(
    `To have the rest: in an empty folder, "npm init -y", then "npm install --ignore-scripts --save-exact ${packages}",\n` +
      'and name that folder in USERFERRY_PEERS.',
  );
}
