import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import classes from '#renderer/components/save-as.module.css';

export interface SaveFormat<Format extends string> {
  readonly format: Format;
  readonly title: string;
  /** What it is good for, in a few words. */
  readonly use: string;
}

/** A button with the forms in which something can be saved. */
export function SaveAs<Format extends string>({
  formats,
  saving,
  primary = false,
  onSave,
}: {
  readonly formats: readonly SaveFormat<Format>[];
  readonly saving: boolean;
  readonly primary?: boolean;
  readonly onSave: (format: Format) => void;
}) {
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button
          variant={primary ? 'filled' : 'default'}
          leftSection={<IconDownload size={15} aria-hidden />}
          loading={saving}
        >
          Save as
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, title, use }) => (
          <Menu.Item key={format} onClick={() => onSave(format)}>
            {title} <span className={classes.use}>· {use}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
