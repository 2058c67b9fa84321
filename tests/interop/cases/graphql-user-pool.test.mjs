// SPDX-License-Identifier: Apache-2.0
import { ready } from '../lib/amplify.mjs';
import { graphqlCases } from '../lib/graphql-cases.mjs';

const { endpoint, clientId, username, password } = ready.cognito;
const answer = await fetch(endpoint, {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
  },
  body: JSON.stringify({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  }),
});
const { AuthenticationResult } = await answer.json();
graphqlCases('userPool', { token: AuthenticationResult.AccessToken });
