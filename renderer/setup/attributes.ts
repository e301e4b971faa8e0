/** Attributes of the normalized profile and of the stored password, as `fields` of the settings name them. */
export const ATTRIBUTES = [
  {
    name: 'id',
    title: 'User id',
    group: 'Identity',
    required: true,
    hint: 'becomes the part of user_id after the bar',
  },
  { name: 'email', title: 'E-mail', group: 'Identity', hint: 'the identifier of most connections' },
  { name: 'emailVerified', title: 'E-mail verified', group: 'Identity', hint: 'false where nothing says so' },
  { name: 'username', title: 'Username', group: 'Identity', hint: 'only for connections that ask for one' },
  { name: 'passwordHash', title: 'Password hash', group: 'Password', hint: 'its format is recognised' },
  { name: 'passwordSalt', title: 'Salt', group: 'Password', hint: 'where it has a column of its own' },
  { name: 'passwordScheme', title: 'Scheme', group: 'Password', hint: 'a column that names the algorithm' },
  { name: 'name', title: 'Full name', group: 'Profile', hint: '' },
  { name: 'givenName', title: 'Given name', group: 'Profile', hint: '' },
  { name: 'familyName', title: 'Family name', group: 'Profile', hint: '' },
  { name: 'nickname', title: 'Nickname', group: 'Profile', hint: '' },
  { name: 'picture', title: 'Picture', group: 'Profile', hint: 'an address' },
  { name: 'phoneNumber', title: 'Phone number', group: 'Profile', hint: 'E.164' },
  { name: 'phoneVerified', title: 'Phone verified', group: 'Profile', hint: '' },
  { name: 'lastLogin', title: 'Last login', group: 'Dates and state', hint: 'forecasts need it' },
  { name: 'createdAt', title: 'Created', group: 'Dates and state', hint: '' },
  { name: 'blocked', title: 'Blocked', group: 'Dates and state', hint: '' },
  {
    name: 'userMetadata',
    title: 'user_metadata',
    group: 'Metadata',
    many: true,
    hint: 'what the user may change',
  },
  {
    name: 'appMetadata',
    title: 'app_metadata',
    group: 'Metadata',
    many: true,
    hint: 'what only you may change',
  },
] as const;

export type AttributeName = (typeof ATTRIBUTES)[number]['name'];
