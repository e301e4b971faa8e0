import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import '@mantine/notifications/styles.css';
import 'uplot/dist/uPlot.min.css';
import '#renderer/theme/global.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createConnection } from '#renderer/api/client.ts';
import { App } from '#renderer/app.tsx';
import { EngineProvider } from '#renderer/engine/engine-provider.tsx';
import { cssVariables, theme } from '#renderer/theme/theme.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element "root"');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} containerWidth={380} />
      <EngineProvider connection={createConnection()}>
        <App />
      </EngineProvider>
    </MantineProvider>
  </StrictMode>,
);
