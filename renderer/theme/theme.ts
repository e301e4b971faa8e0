import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  type CSSVariablesResolver,
  Loader,
  Menu,
  Modal,
  type MantineColorsTuple,
  NumberInput,
  Paper,
  PasswordInput,
  Pill,
  SegmentedControl,
  Select,
  Table,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** Deep harbour teal: the product's own colour. Shades 7 to 9 carry white text with a contrast above 4.5. */
const tide: MantineColorsTuple = [
  '#e9f7f7',
  '#d3ebec',
  '#a5d6d9',
  '#73c0c5',
  '#4badb4',
  '#32a1a9',
  '#1f8f98',
  '#0d757d',
  '#04666e',
  '#00525a',
];

/** Cool greys; the dark ones are the surfaces of the dark scheme. */
const dark: MantineColorsTuple = [
  '#d5dbe3',
  '#aab4c1',
  '#8d99a9',
  '#5d6b7d',
  '#3a4655',
  '#2a3441',
  '#1f2833',
  '#161d26',
  '#10161d',
  '#0a0f14',
];

const input = { defaultProps: { size: 'sm' } } as const;

export const theme = createTheme({
  primaryColor: 'tide',
  colors: { tide, dark },
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  defaultRadius: 'sm',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, 'Cascadia Mono', Menlo, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.8125rem', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 560 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'light', size: 'sm', radius: 'sm' },
      styles: { label: { textTransform: 'none', fontWeight: 560 } },
    }),
    TextInput: TextInput.extend(input),
    Textarea: Textarea.extend(input),
    NumberInput: NumberInput.extend(input),
    PasswordInput: PasswordInput.extend(input),
    Select: Select.extend(input),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'md' } }),
    // The accent of each scheme: the primary shade is too dark for a line in the dark one.
    Loader: Loader.extend({ defaultProps: { color: 'var(--uf-accent)' } }),
    Tabs: Tabs.extend({ vars: () => ({ root: { '--tabs-color': 'var(--uf-accent)' }, list: {}, tab: {} }) }),
    // Menus belong to the screen, and hold nothing but their items: people who hear the page are told so.
    Menu: Menu.extend({
      defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: '#content' } },
    }),
    Pill: Pill.extend({
      styles: { root: { background: 'var(--uf-sunken)', border: '1px solid var(--uf-line-strong)' } },
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true, fz: 'xs' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        radius: 'md',
        overlayProps: { opacity: 0.45 },
      },
    }),
  },
});

/** Quiet text keeps a contrast of 4.5 on every surface; the library's own does not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56616e',
    '--mantine-color-placeholder': '#66707c',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-yellow-light-color': '#7a4d00',
  },
  dark: {
    '--mantine-color-dimmed': '#a3aebb',
    '--mantine-color-placeholder': '#8d99a9',
    '--mantine-color-error': '#ff9a91',
  },
});
