import { afterAll, beforeAll, describe } from 'vitest';
import { type MongodbStandIn, startMongodbStandIn } from '#test/stand-ins/mongodb.ts';
import { templateSuite } from '#test/template-suite.ts';
import { BCRYPT, PASSWORD } from './hashes.ts';

const ID = '65a1b2c3d4e5f60718293a4b';

describe('the scripts for MongoDB, against a stand-in', () => {
  let server: MongodbStandIn;

  beforeAll(async () => {
    server = await startMongodbStandIn();
  });
  afterAll(() => server?.close());

  const uri = (port: number, password = server.password) =>
    `mongodb://${server.user}:${password}@127.0.0.1:${port}/?authSource=admin&authMechanism=SCRAM-SHA-256`;

  templateSuite({
    at: (configuration, port) => ({ ...configuration, MONGODB_URI: uri(port) }),
    stranger: (configuration) => ({ ...configuration, MONGODB_URI: uri(server.port, 'of-somebody-else') }),
    reset: () => {
      server.load([
        {
          _id: server.objectId(ID),
          email: 'Ada@Example.com',
          email_verified: true,
          username: 'Ada.L',
          password: BCRYPT,
          given_name: 'Ada',
          family_name: 'Lovelace',
        },
        { _id: 'text-id', email: 'grace@example.com', email_verified: false, password: BCRYPT },
      ]);
      return Promise.resolve();
    },
    given: () => ({
      set: 'mongodb',
      configuration: { MONGODB_URI: uri(server.port), MONGODB_DATABASE: 'legacy' },
      known: {
        password: PASSWORD,
        profile: {
          user_id: ID,
          email: 'Ada@Example.com',
          email_verified: true,
          username: 'Ada.L',
          given_name: 'Ada',
          family_name: 'Lovelace',
        },
      },
      taken: 'Grace@example.com',
      usernames: true,
    }),
    // Beside the pool the driver keeps two connections to watch the server.
    maxOpen: 6,
  });
});
