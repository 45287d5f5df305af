import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

interface LinkButtonProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly variant?: ButtonProps.Variant;
  readonly ariaLabel?: string;
}

/** A button that leads to another page of the app. */
export function LinkButton({ to, children, variant = 'normal', ariaLabel }: LinkButtonProps) {
  const navigate = useNavigate();
  return (
    <Button
      href={to}
      variant={variant}
      ariaLabel={ariaLabel}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Button>
  );
}
