import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { formatEstimate } from '../formats/format-duration.js';
import { SignInDocument } from '../gql/graphql.js';
import { request, RequestError } from '../graphql/request.js';
import { paths } from '../paths.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { FormField } from '../ui/FormField.js';
import { Input } from '../ui/Input.js';
import { SpaceBetween } from '../ui/SpaceBetween.js';
import { AuthenticationLayout } from './AuthenticationLayout.js';
import { returnAddress } from './return-address.js';
import { useSession } from './session.js';

/** Email and password; afterwards back to where the user wanted to go. */
export function SignInPage() {
  const { session, signedIn } = useSession();
  const [query] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [sending, setSending] = useState(false);
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal !== undefined) alert.current?.focus();
  }, [refusal]);
  useEffect(() => {
    // Loaded while the password is typed.
    void import('../frame/SignedInApp.js');
  }, []);

  if (session.state === 'known' && session.viewer !== undefined) return <Navigate to={returnAddress(query.get('return'))} replace />;
  if (session.state === 'known' && !session.installation.administratorExists) return <Navigate to={paths.setup()} replace />;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    setRefusal(undefined);
    try {
      const { signIn } = await request(SignInDocument, { input: { email, password } });
      if (signIn.__typename === 'SignInPayload') signedIn(signIn.viewer);
      else if (signIn.__typename === 'ThrottledProblem') setRefusal(`Too many attempts. Try again in ${formatEstimate(signIn.retryAfterMs).replace('about ', '')}.`);
      else setRefusal(signIn.issues[0]?.message ?? signIn.message);
    } catch (error) {
      setRefusal(error instanceof RequestError ? error.message : 'This page could not be loaded.');
    } finally {
      setSending(false);
    }
  };

  return (
    <AuthenticationLayout title="Sign in" lead={session.state === 'known' && session.ended ? 'You were signed out. Sign in to go back to where you were.' : 'Continue to your images.'}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <SpaceBetween size="m">
          {refusal === undefined ? null : (
            <div ref={alert} tabIndex={-1}>
              <Alert type="error">{refusal}</Alert>
            </div>
          )}
          <FormField label="Email">
            <Input type="email" inputMode="email" name="email" autoComplete="username" autoFocus value={email} onChange={({ detail }) => setEmail(detail.value)} />
          </FormField>
          <FormField label="Password">
            <Input type="password" name="password" autoComplete="current-password" value={password} onChange={({ detail }) => setPassword(detail.value)} />
          </FormField>
          <Button variant="primary" formAction="submit" fullWidth loading={sending} disabled={email === '' || password === ''}>
            Sign in
          </Button>
        </SpaceBetween>
      </form>
    </AuthenticationLayout>
  );
}
