const NAMESPACE = 'https://acme-retail.example';

/** What the shop wants to know about a customer. Partners are known by the domain of their address. */
exports.onExecutePostLogin = async (event, api) => {
  const { app_metadata: account, email = '' } = event.user;
  api.idToken.setCustomClaim(`${NAMESPACE}/plan`, account.plan || 'basic');
  if (email.endsWith('@Partner.Acme-Retail.example')) {
    api.idToken.setCustomClaim(`${NAMESPACE}/partner`, true);
    api.accessToken.setCustomClaim(`${NAMESPACE}/partner`, true);
  }
};
