/** Customers whose payments are open do not get in before they called us. */
exports.onExecutePostLogin = async (event, api) => {
  if (event.user.app_metadata.hold) {
    api.access.deny('This account is on hold. Please call the customer service.');
  }
};
