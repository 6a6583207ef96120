using LearnerNotifier.Learners;
using Microsoft.Extensions.Logging.Abstractions;

namespace RuangKerja.Events.Tests.Samples;

public sealed class LearnerFileTests
{
    [Fact]
    public void A_file_tells_address_and_language_by_company_and_id()
    {
        var learners = LearnerFile.Read([
            LearnerFile.Heading,
            "default, ID-1 ,budi@example.test,id",
            "",
            "timur,ID-1,jane@example.test,en",
        ]);

        learners.Count.ShouldBe(2);
        learners[("default", "ID-1")].Address.Address.ShouldBe("budi@example.test");
        learners[("timur", "ID-1")].Language.ShouldBe(Language.English);
    }

    [Fact]
    public void Every_line_that_is_wrong_is_named()
    {
        var faults = Should
            .Throw<FormatException>(() =>
                LearnerFile.Read([
                    "employee,address",
                    "default,ID-1,budi@example.test",
                    "default,ID-2,nobody,id",
                    "default,ID-3,a@example.test,fr",
                    "default,ID-4,a@example.test,id",
                    "default,ID-4,b@example.test,id",
                ])
            )
            .Message;

        faults
            .Split(Environment.NewLine)
            .Select(line => line.Split(':')[0])
            .ShouldBe(["Line 1", "Line 2", "Line 3", "Line 4", "Line 6"]);
    }

    [Fact]
    public async Task A_changed_file_holds_from_the_next_message_on_and_a_broken_one_does_not()
    {
        var path = Path.GetTempFileName();
        Write("default,ID-1,old@example.test,id", day: 1);
        var directory = new FileDirectory(path, NullLogger<FileDirectory>.Instance);
        (await FindAsync()).ShouldBe("old@example.test");

        Write("default,ID-1,new@example.test,id", day: 2);
        (await FindAsync()).ShouldBe("new@example.test");

        Write("default,ID-1", day: 3);
        (await FindAsync()).ShouldBe("new@example.test");
        (await directory.FindAsync("default", "ID-2", CancellationToken.None)).ShouldBeNull();
        File.Delete(path);

        async Task<string?> FindAsync() =>
            (await directory.FindAsync("default", "ID-1", CancellationToken.None))?.Address.Address;

        void Write(string line, int day)
        {
            File.WriteAllLines(path, [LearnerFile.Heading, line]);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    [Theory]
    [InlineData("ID-0007", "ID-0007@example.test")]
    [InlineData("A B@c", "A%20B%40c@example.test")]
    [InlineData("..", null)]
    public async Task An_address_can_be_made_of_an_id(string employeeId, string? address)
    {
        var learner = await new DomainDirectory("example.test", Language.Indonesian).FindAsync(
            "default",
            employeeId,
            CancellationToken.None
        );

        learner?.Address.Address.ShouldBe(address);
        (learner is null).ShouldBe(address is null);
    }
}
