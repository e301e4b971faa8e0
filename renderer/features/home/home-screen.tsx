import { Screen } from '#renderer/components/screen.tsx';

export function HomeScreen() {
  return <Screen title="Home">{null}</Screen>;
}
