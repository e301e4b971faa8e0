import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconHome2,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconStethoscope,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Link, useLocation } from 'wouter';
import { useProjectIfAny } from '#renderer/project/project-context.tsx';
import { PROJECT_SCREENS, projectPath } from '#renderer/project/routes.ts';
import { Mark } from '#renderer/shell/mark.tsx';
import classes from '#renderer/shell/sidebar.module.css';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** Where one can go. */
export function Sidebar() {
  const project = useProjectIfAny();
  const { sidebarCollapsed: collapsed, set } = usePreferences();
  const fold = collapsed ? 'Show the names in the sidebar' : 'Fold the sidebar';
  return (
    <nav className={classes.sidebar} aria-label="Screens">
      <Link href="/" className={classes.brand ?? ''} aria-label="Userferry, home">
        <Mark size={24} />
        {!collapsed && <span>Userferry</span>}
      </Link>
      <ul className={classes.list} data-project={project !== null}>
        <Item to="/" title="Home" icon={IconHome2} collapsed={collapsed} exact />
        {project !== null &&
          PROJECT_SCREENS.map((screen) => (
            <Item
              key={screen.id}
              to={projectPath(project.folder, screen.id)}
              title={screen.title}
              icon={screen.icon}
              collapsed={collapsed}
            />
          ))}
      </ul>
      <ul className={classes.list}>
        <Item to="/diagnostics" title="Diagnostics" icon={IconStethoscope} collapsed={collapsed} />
      </ul>
      <Tooltip label={fold} position="right">
        <ActionIcon
          className={classes.fold ?? ''}
          aria-label={fold}
          onClick={() => set({ sidebarCollapsed: !collapsed })}
        >
          {collapsed ? (
            <IconLayoutSidebarLeftExpand size={18} />
          ) : (
            <IconLayoutSidebarLeftCollapse size={18} />
          )}
        </ActionIcon>
      </Tooltip>
    </nav>
  );
}

interface ItemProps {
  readonly to: string;
  readonly title: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly collapsed: boolean;
  readonly exact?: boolean;
}

function Item({ to, title, icon: Icon, collapsed, exact = false }: ItemProps) {
  const [location] = useLocation();
  const here = exact ? location === to : location === to || location.startsWith(`${to}/`);
  return (
    <li>
      <Tooltip label={title} position="right" disabled={!collapsed}>
        <Link
          href={to}
          className={classes.item ?? ''}
          aria-current={here ? 'page' : undefined}
          aria-label={collapsed ? title : undefined}
        >
          <Icon size={18} stroke={1.7} />
          {!collapsed && <span>{title}</span>}
        </Link>
      </Tooltip>
    </li>
  );
}
