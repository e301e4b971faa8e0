import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTS, startTemplateHost } from '#test/template-scripts.ts';
import { FETCH_KEEPS, templateSuite } from '#test/template-suite.ts';
import { startHttpService, startUserService, type UserService } from '#test/user-service.ts';

const API_KEY = 'k3y of the service';
const PASSWORD = 'Korrekt Pferd 9';

describe.each(['web-service-fetch', 'web-service-axios'])('%s', (set) => {
  let service: UserService;

  beforeAll(async () => {
    service = await startUserService(API_KEY);
  });
  afterAll(() => service?.close());

  const ada = {
    email: 'Ada@Example.com',
    email_verified: true,
    username: 'Ada.L',
    given_name: 'Ada',
    family_name: 'Lovelace',
  };

  templateSuite({
    tolerated: set === 'web-service-fetch' ? FETCH_KEEPS : [],
    at: (configuration, port) => ({ ...configuration, API_URL: `http://127.0.0.1:${port}` }),
    stranger: (configuration) => ({ ...configuration, API_KEY: 'of somebody else' }),
    reset: () => {
      service.users = [
        { id: 'u/1', ...ada, password: PASSWORD },
        { id: 'u/2', email: 'grace@example.com', email_verified: false, password: PASSWORD },
      ];
      return Promise.resolve();
    },
    given: () => ({
      set,
      configuration: { API_URL: service.url, API_KEY },
      known: { password: PASSWORD, profile: { user_id: 'u/1', ...ada } },
      taken: 'Grace@example.com',
      usernames: true,
    }),
  });

  it.each(HOSTS)('take an odd answer for an error, in %s', async (name) => {
    const replies = [{ status: 500 }, { status: 302 }, { status: 200, body: undefined }];
    const answers = [];
    for (const reply of replies) {
      const odd = await startHttpService(() => reply);
      const host = await startTemplateHost(name, { API_URL: `http://127.0.0.1:${odd.port}`, API_KEY });
      const { ending, error, calls } = await host.run(set, 'login', [ada.email, PASSWORD]);
      answers.push([ending, error?.message, calls]);
      await host.close();
      await odd.close();
    }
    const failed = ['called-back-error', 'The user service did not answer as expected.', 1];
    expect(answers).toEqual([failed, failed, failed]);
  });
});
