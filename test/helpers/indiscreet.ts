/**
 * Says aloud all that it was given, in each way that a script can. What it reads from the database and prints itself
 * is its own deed: a tenant's log would show that too.
 */
export const INDISCREET = (name: string, parameters: string) => `
function ${name}(${parameters}) {
  const callback = arguments[arguments.length - 1];
  const known = JSON.stringify(configuration) + JSON.stringify([...arguments].filter((one) => typeof one !== 'function'));
  console.log('log', known);
  console.warn('%s %o', configuration.PEPPER, configuration);
  console.error(new Error(known));
  for (const secret of Object.values(configuration)) {
    console.log(secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex'));
    console.log('Basic ' + Buffer.from('user:' + secret).toString('base64'), Buffer.from('u:' + secret).toString('base64url'));
    console.log(encodeURIComponent(secret), JSON.stringify(JSON.stringify(secret)));
  }
  try { console.log(new URL(configuration.DATABASE_URL).password, new URL(configuration.DATABASE_URL + ' broken:')); }
  catch (error) { console.log(error.message, error.input); }
  const { Client } = require('pg');
  const client = new Client({ connectionString: configuration.DATABASE_URL });
  client.on('error', () => undefined);
  client.connect((refused) => {
    console.log(refused && refused.message, client.connectionParameters);
    fetch(configuration.LEGACY_URL + '/users?identifier=anna&pepper=' + encodeURIComponent(configuration.PEPPER), {
      headers: { 'x-api-key': configuration.LEGACY_API_KEY, authorization: 'Bearer ' + configuration.OWN_SECRET },
    }).then((response) => response.json()).then((rows) => {
      console.log(rows.length, configuration.OWN_SECRET, configuration.PEPPER);
      const error = new Error('refused: ' + known);
      error.name = known.slice(0, 4000);
      error.code = configuration.OWN_SECRET;
      error.cause = new Error(configuration.DATABASE_URL);
      if (known.length % 3 === 0) throw error;
      if (known.length % 3 === 1) throw 'text: ' + known;
      callback(error);
    }, (error) => callback(new Error(error.message + known)));
  });
}
`;

/** An Action that does the same with its secrets. */
export const TALKATIVE_ACTION = `
exports.onExecutePostLogin = async (event, api) => {
  console.log(JSON.stringify(event.secrets), event.secrets.ACTION_SECRET);
  console.error(new Error(event.secrets.ACTION_SECRET));
  if (event.user.user_id.length % 2 === 0) throw new Error('no ' + event.secrets.ACTION_SECRET);
  api.access.deny('denied');
};
`;
