/** The old shop wants to hear who has moved; a nightly job reads this. */
exports.onExecutePostLogin = async (event, api) => {
  if (event.stats.logins_count === 1) {
    api.user.setAppMetadata('moved_from', 'legacy-shop');
  }
};
