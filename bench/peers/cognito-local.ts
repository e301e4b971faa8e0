import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#test/free-port.ts';
import { postJson, startLocalServer } from './local-server.ts';
import { fileOf, oneByOne, type Peer, startPeer } from './peer.ts';

const PASSWORD = 'Pw-of-everybody-1';

/** First logins that migrate: the trigger is answered by a server of ours, as the tool calls functions over HTTP. */
export const cognitoLocal: Peer = {
  package: 'cognito-local',
  version: '5.3.0',
  beside: 'logins',
  measure: async (surroundings) => {
    const { scratch, users } = surroundings;
    const trigger = await startLocalServer(migrated);
    const port = await freePort();
    const config = {
      LambdaClient: {
        endpoint: trigger.url,
        region: 'local',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      },
      TriggerFunctions: { UserMigration: 'migrate' },
    };
    mkdirSync(join(scratch, '.cognito'));
    writeFileSync(join(scratch, '.cognito/config.json'), JSON.stringify(config));
    const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'local' };
    const start = fileOf(surroundings, 'cognito-local/lib/bin/start.js');
    const peer = startPeer(surroundings, start, [], { HOST: '127.0.0.1', PORT: String(port), ...keys });
    try {
      const url = `http://127.0.0.1:${port}`;
      await peer.untilAnswers(`${url}/health`);
      const client = await clientOf(url);
      const figure = await oneByOne('first login that migrates', users, async (n) => {
        const answer = await call(url, 'InitiateAuth', {
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: client,
          AuthParameters: { USERNAME: `user${n}@example.com`, PASSWORD },
        });
        if (answer['AuthenticationResult'] === undefined)
          throw new Error(`no login: ${JSON.stringify(answer)}`);
      });
      if (trigger.requests() !== users) throw new Error(`${trigger.requests()} of ${users} users migrated`);
      return [figure];
    } finally {
      await peer.stop();
      await trigger.close();
    }
  },
};

function migrated(event: Record<string, unknown>): object {
  const email = String(event['userName']);
  return {
    ...event,
    response: { userAttributes: { email, email_verified: 'true' }, finalUserStatus: 'CONFIRMED' },
  };
}

async function clientOf(url: string): Promise<string> {
  const { UserPool } = (await call(url, 'CreateUserPool', { PoolName: 'acme' })) as {
    readonly UserPool: { readonly Id: string };
  };
  const { UserPoolClient } = (await call(url, 'CreateUserPoolClient', {
    UserPoolId: UserPool.Id,
    ClientName: 'shop',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  })) as { readonly UserPoolClient: { readonly ClientId: string } };
  return UserPoolClient.ClientId;
}

async function call(url: string, target: string, body: object): Promise<Record<string, unknown>> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${target}`,
  };
  return (await postJson(url, body, headers)) as Record<string, unknown>;
}
