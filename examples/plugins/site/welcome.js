export default () => 'Welcome\n';
