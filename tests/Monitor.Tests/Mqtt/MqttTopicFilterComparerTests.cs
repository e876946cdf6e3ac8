using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Tests.Mqtt;

public sealed class MqttTopicFilterComparerTests
{
    [Theory] // the examples of §4.7.1 and §4.7.2
    [InlineData("sport/tennis/player1", "sport/tennis/player1/#", true)]
    [InlineData("sport/tennis/player1/ranking", "sport/tennis/player1/#", true)]
    [InlineData("sport/tennis/player1/score/wimbledon", "sport/tennis/player1/#", true)]
    [InlineData("sport", "sport/#", true)]
    [InlineData("sport/tennis/player1", "sport/tennis/+", true)]
    [InlineData("sport/tennis/player1/ranking", "sport/tennis/+", false)]
    [InlineData("sport", "sport/+", false)]
    [InlineData("sport/", "sport/+", true)]
    [InlineData("/finance", "+/+", true)]
    [InlineData("/finance", "/+", true)]
    [InlineData("/finance", "+", false)]
    [InlineData("$SYS/monitor/Clients", "#", false)]
    [InlineData("$SYS/monitor/Clients", "+/monitor/Clients", false)]
    [InlineData("$SYS/monitor/Clients", "$SYS/#", true)]
    [InlineData("$SYS/monitor/Clients", "$SYS/monitor/+", true)]
    [InlineData("ACCOUNTS", "Accounts", false)]
    [InlineData("a/b", "a", false)]
    [InlineData("a", "a/b", false)]
    public void A_filter_takes_what_the_standard_says(string topic, string filter, bool takes) =>
        Assert.Equal(takes, MqttTopicFilterComparer.IsMatch(topic, filter));

    [Theory] // the examples of §4.7.1
    [InlineData("#", true)]
    [InlineData("sport/tennis/#", true)]
    [InlineData("sport/tennis#", false)]
    [InlineData("sport/tennis/#/ranking", false)]
    [InlineData("+", true)]
    [InlineData("+/tennis/#", true)]
    [InlineData("sport+", false)]
    [InlineData("sport/+/player1", true)]
    [InlineData("", false)]
    public void A_filter_is_valid_as_the_standard_says(string filter, bool valid) =>
        Assert.Equal(valid, MqttTopicFilterComparer.IsValidFilter(filter));
}
