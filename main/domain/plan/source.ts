/** Where a figure of a plan comes from. A figure that was worked out names everything it rests on. */
export type Source =
  | { readonly kind: 'trial'; readonly trial: string }
  | { readonly kind: 'measured'; readonly what: 'legacy rows' | 'log lines'; readonly count: number }
  | { readonly kind: 'documented'; readonly what: string }
  | { readonly kind: 'assumption'; readonly name: string }
  | { readonly kind: 'forecast'; readonly by: ForecastBy }
  | { readonly kind: 'request'; readonly option: string };

/** What a forecast reads: the last login of every user, or every login of a log. */
export type ForecastBy = 'last-login' | 'access-log';
