import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Navigate } from 'react-router';
import { CreateAdministratorDocument } from '../gql/graphql.js';
import { request, RequestError } from '../graphql/request.js';
import { paths } from '../paths.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { AuthenticationLayout } from './AuthenticationLayout.js';
import { useSession } from './session.js';

type FieldErrors = Readonly<Record<string, string>>;

/** The first account of an installation without users. */
export function SetupPage() {
  const { session, signedIn } = useSession();
  const [setupCode, setSetupCode] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors[''] !== undefined) alert.current?.focus();
    else form.current?.querySelector<HTMLInputElement>('input[aria-invalid="true"]')?.focus();
  }, [errors]);

  if (session.state === 'known' && session.viewer !== undefined) return <Navigate to={paths.overview()} replace />;
  if (session.state === 'known' && session.installation.administratorExists) return <Navigate to={paths.signIn()} replace />;
  const codeRequired = session.state === 'known' && session.installation.setupCodeRequired;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    setErrors({});
    try {
      const { createAdministrator: result } = await request(CreateAdministratorDocument, {
        input: { name, email, password, ...(codeRequired ? { setupCode } : {}) },
      });
      if (result.__typename === 'SignInPayload') signedIn(result.viewer);
      else if (result.__typename === 'ValidationProblem' && result.issues.length > 0) {
        setErrors(Object.fromEntries(result.issues.map((issue) => [issue.field, issue.message])));
      } else setErrors({ '': result.message });
    } catch (error) {
      setErrors({ '': error instanceof RequestError ? error.message : 'This page could not be loaded.' });
    } finally {
      setSending(false);
    }
  };

  return (
    <AuthenticationLayout
      title="Create the administrator"
      lead="This installation has no users yet. The first account can do everything."
      foot="Nothing leaves this machine until you connect a registry."
    >
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
        <SpaceBetween size="m">
          {errors[''] === undefined ? null : (
            <div ref={alert} tabIndex={-1}>
              <Alert type="error">{errors['']}</Alert>
            </div>
          )}
          {codeRequired ? (
            <FormField label="Setup code" description="Printed in the terminal where ESSCM was started." errorText={errors['setupCode']}>
              <Input name="setup-code" autoComplete="one-time-code" value={setupCode} onChange={({ detail }) => setSetupCode(detail.value)} />
            </FormField>
          ) : null}
          <FormField label="Name" errorText={errors['name']}>
            <Input name="name" autoComplete="name" autoFocus value={name} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField label="Email" errorText={errors['email']}>
            <Input type="email" inputMode="email" name="email" autoComplete="username" value={email} onChange={({ detail }) => setEmail(detail.value)} />
          </FormField>
          <FormField label="Password" constraintText="At least 12 characters. A sentence works well." errorText={errors['password']}>
            <Input type="password" name="password" autoComplete="new-password" value={password} onChange={({ detail }) => setPassword(detail.value)} />
          </FormField>
          <Button variant="primary" formAction="submit" fullWidth loading={sending}>
            Create administrator
          </Button>
        </SpaceBetween>
      </form>
    </AuthenticationLayout>
  );
}
