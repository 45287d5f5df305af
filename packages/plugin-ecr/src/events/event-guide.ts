import type { CredentialGuide } from '@esscm/registry-core';

const template = `AWSTemplateFormatVersion: '2010-09-09'
Description: Tells ESSCM of pushed and deleted images.
Resources:
  EsscmConnection:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: API_KEY
      AuthParameters:
        ApiKeyAuthParameters:
          ApiKeyName: {header}
          ApiKeyValue: '{secret}'
  EsscmDestination:
    Type: AWS::Events::ApiDestination
    Properties:
      ConnectionArn: !GetAtt EsscmConnection.Arn
      HttpMethod: POST
      InvocationEndpoint: {endpoint}
      InvocationRateLimitPerSecond: 20
  EsscmRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: events.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: send-to-esscm
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: events:InvokeApiDestination
                Resource: !GetAtt EsscmDestination.Arn
  EsscmRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.ecr]
        detail-type: [ECR Image Action]
        detail:
          action-type: [PUSH, DELETE]
          result: [SUCCESS]
      Targets:
        - Id: esscm
          Arn: !GetAtt EsscmDestination.Arn
          RoleArn: !GetAtt EsscmRole.Arn
`;

/**
 * One stack: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html. ECR's events go to the default bus
 * of the account and region by themselves.
 */
export const eventGuide: CredentialGuide = {
  title: 'Send the events of this registry',
  steps: [
    'ESSCM has to be reachable from AWS over HTTPS, with a certificate that browsers accept.',
    'Create a stack from the template below, in the account and region of the registry. It holds the secret: keep it out of repositories.',
    'Push an image. The event shows here within a minute, and its scan follows.',
  ],
  snippetTitle: 'CloudFormation template',
  snippet: template,
};
